/** What an iPXE script tells a machine to do, as far as ours go: start something from the network, or boot as usual. */
export type NetbootOrder = {
  readonly kernel: string;
  readonly initrd: string;
  readonly arguments: Map<string, string>;
};

/** Nothing: the firmware goes on to the next boot device. Throws on a script that iPXE would not run. */
export function readScript(text: string): NetbootOrder | undefined {
  const [shebang, ...lines] = text.split('\n').map((line) => line.trim());
  if (shebang !== '#!ipxe') throw new Error('not an iPXE script');
  let kernel: string[] = [];
  let initrd = '';
  for (const [command, ...words] of lines
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(/\s+/))) {
    if (command === 'exit') return undefined;
    if (command === 'kernel') kernel = words;
    else if (command === 'initrd') initrd = words[0] ?? '';
    else if (command === 'boot') return order(kernel, initrd);
    else if (command !== 'echo') throw new Error(`${command}: command not found`);
  }
  return undefined;
}

function order([kernel, ...words]: string[], initrd: string): NetbootOrder {
  if (!kernel || !initrd) throw new Error('nothing to boot: kernel or initrd is missing');
  const pairs = words.map((word): [string, string] => {
    const [key = '', ...value] = word.split('=');
    return [key, value.join('=')];
  });
  return { kernel, initrd, arguments: new Map(pairs) };
}
