/** Options of a command about a shop that `npm start` laid out: its data folder, and the first of its ports. */
export const folderOptions = {
  data: { type: 'string', default: '.data' },
  'port-base': { type: 'string', default: '3000' },
  help: { type: 'boolean', default: false },
} as const;

/** Ends the command with its usage where that is what was asked for. */
export function helpIfAsked({ help }: { readonly help: boolean }, usage: string): void {
  if (!help) return;
  console.log(usage);
  process.exit(0);
}
