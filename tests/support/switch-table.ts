import { type RecordedValue, recorded } from './recorded-switch.js';

export interface TestInterface {
  readonly ifIndex: number;
  readonly name: string;
  readonly inOctets: number | bigint;
  readonly outOctets?: number | bigint;
  readonly speedMbit?: number;
  readonly link?: boolean;
  readonly narrow?: boolean;
  readonly alias?: string;
}

/** All that a plain switch says of these interfaces, so many seconds after it started. */
export function switchTable(upSeconds: number, interfaces: readonly TestInterface[]): RecordedValue[] {
  const columns = (column: string, make: (each: TestInterface) => readonly [type: number, text: string] | undefined) =>
    interfaces.flatMap((each) => {
      const cell = make(each);
      return cell ? [recorded(`1.3.6.1.2.1.${column}.${each.ifIndex}`, ...cell)] : [];
    });
  const wide = (of: 'inOctets' | 'outOctets') => (each: TestInterface) =>
    each.narrow ? undefined : ([70, String(each[of] ?? 0)] as const);
  const narrow = (of: 'inOctets' | 'outOctets') => (each: TestInterface) =>
    [65, String(BigInt.asUintN(32, BigInt(each[of] ?? 0)))] as const;
  return [
    recorded('1.3.6.1.2.1.1.3.0', 67, String(Math.round(upSeconds * 100) % 2 ** 32)),
    ...columns('2.2.1.2', ({ name }) => [4, `Interface ${name}`]),
    ...columns('2.2.1.5', ({ speedMbit = 1_000 }) => [66, String(Math.min(speedMbit * 1e6, 4_294_967_295))]),
    ...columns('2.2.1.7', () => [2, '1']),
    ...columns('2.2.1.8', ({ link = true }) => [2, link ? '1' : '2']),
    ...columns('2.2.1.9', () => [67, '100']),
    ...columns('2.2.1.10', narrow('inOctets')),
    ...columns('2.2.1.16', narrow('outOctets')),
    ...columns('31.1.1.1.1', ({ name }) => [4, name]),
    ...columns('31.1.1.1.6', wide('inOctets')),
    ...columns('31.1.1.1.10', wide('outOctets')),
    ...columns('31.1.1.1.15', ({ speedMbit = 1_000 }) => [66, String(speedMbit)]),
    ...columns('31.1.1.1.18', ({ alias = '' }) => [4, alias]),
    ...columns('31.1.1.1.19', () => [67, '0']),
  ];
}
