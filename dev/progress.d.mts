/** Says what is being done when it takes over a second, and how long it took. */
export function progress<Result>(what: string, work: Promise<Result>): Promise<Result>;
