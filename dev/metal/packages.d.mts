export const metalPackages: readonly { readonly package: string; there(): boolean }[];
export const mayRunMetal: boolean;
/** What is missing for a machine in QEMU, in words; nothing where it can run. */
export function missingForMetal(): string | undefined;
