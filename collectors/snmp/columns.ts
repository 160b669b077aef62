/** IF-MIB (RFC 2863). */
const ifEntry = '1.3.6.1.2.1.2.2.1';
const ifXEntry = '1.3.6.1.2.1.31.1.1.1';

export const SYS_UP_TIME = '1.3.6.1.2.1.1.3.0';

export const columns = {
  descr: `${ifEntry}.2`,
  speed: `${ifEntry}.5`,
  adminStatus: `${ifEntry}.7`,
  operStatus: `${ifEntry}.8`,
  lastChange: `${ifEntry}.9`,
  inOctets: `${ifEntry}.10`,
  outOctets: `${ifEntry}.16`,
  name: `${ifXEntry}.1`,
  inOctets64: `${ifXEntry}.6`,
  outOctets64: `${ifXEntry}.10`,
  highSpeed: `${ifXEntry}.15`,
  alias: `${ifXEntry}.18`,
  discontinuity: `${ifXEntry}.19`,
} as const;

export type Column = keyof typeof columns;

export const UP = 1;
/** ifSpeed of whatever is faster than it can say: ifHighSpeed knows (RFC 2863 §3.1.2). */
export const SPEED_UNSAID = 4_294_967_295;

export const cell = (column: Column, ifIndex: number) => `${columns[column]}.${ifIndex}`;
