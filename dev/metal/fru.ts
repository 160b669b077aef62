export interface FruPapers {
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
}

const ENGLISH = 25;
const RACK_MOUNT = 0x17;
const NO_MORE_FIELDS = 0xc1;
const BLOCK = 8;

/** What a board says of itself: IPMI Platform Management FRU Information Storage 1.0, chassis and product areas. */
export function fruOf({ manufacturer, model, serial }: FruPapers): Buffer {
  const chassis = area([RACK_MOUNT], [model, `${serial}-C`]);
  const product = area([ENGLISH], [manufacturer, model, '', '', serial, '']);
  const header = [1, 0, 1, 0, 1 + chassis.length / BLOCK, 0, 0];
  return Buffer.concat([summed(Buffer.from(header)), chassis, product]);
}

/** §10 and §12: version, length in blocks of eight, the area's own bytes, fields, padding, checksum. */
function area(own: readonly number[], fields: readonly string[]): Buffer {
  const body = [Buffer.from(own), ...fields.map(field), Buffer.from([NO_MORE_FIELDS])];
  const content = Buffer.concat([Buffer.alloc(2), ...body]);
  const blocks = Math.ceil((content.length + 1) / BLOCK);
  const whole = Buffer.concat([content], blocks * BLOCK - 1);
  whole[0] = 1;
  whole[1] = blocks;
  return summed(whole);
}

/** §13: two bits for the language's own characters, six for the length. */
function field(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return Buffer.concat([Buffer.from([0xc0 | bytes.length]), bytes]);
}

/** All bytes with the last one are zero, in eight bits. */
function summed(bytes: Buffer): Buffer {
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return Buffer.concat([bytes, Buffer.from([-sum & 0xff])]);
}
