import { Model, type QueryBuilder } from 'objection';
import type { PortMemory } from '../../rules/network/port-memory.js';
import { SwitchPort } from './switch-port.js';

/** As it stands in the database: instants and large numbers are text there. */
interface KeptMemory {
  readonly identity: string;
  readonly at: string;
  readonly upTicks: number;
  readonly discontinuity?: number;
  readonly bits: 32 | 64;
  readonly inOctets: string;
  readonly outOctets: string;
  readonly open?: {
    readonly startsAt: string;
    readonly inOctets: number;
    readonly outOctets: number;
    readonly milliseconds: number;
  };
}

const AT_ONCE = 1_000;

/** What a switch last said of one of its ports; `memory` is what its traffic is counted on from. */
export class PortReading extends Model {
  static override tableName = 'port_readings';
  static override idColumn = 'switchPortId';

  declare switchPortId: string;
  declare readAt: Date;
  declare up: boolean;
  declare link: boolean;
  declare linkSince: Date | null;
  declare name: string;
  declare alias: string;
  /** 0 where the device does not say. */
  declare speedMbit: number;
  declare counterBits: 32 | 64 | null;
  declare memory: PortMemory | null;

  static override relationMappings = () => ({
    switchPort: {
      relation: Model.BelongsToOneRelation,
      modelClass: SwitchPort,
      join: { from: 'port_readings.switchPortId', to: 'switch_ports.id' },
    },
  });

  static override modifiers = {
    onSwitch: (query: QueryBuilder<PortReading>, switchId: string) =>
      query.whereIn('switchPortId', SwitchPort.query().where({ switchId }).select('id')),
  };

  override $parseDatabaseJson(row: Record<string, unknown>): Record<string, unknown> {
    const parsed = super.$parseDatabaseJson(row) as Record<string, unknown>;
    return 'memory' in parsed ? { ...parsed, memory: remembered(parsed.memory as KeptMemory | null) } : parsed;
  }

  /** One statement for a thousand ports; a port that was taken away meanwhile is passed over. */
  static async keep(readings: readonly PortReadingRow[]): Promise<void> {
    for (let from = 0; from < readings.length; from += AT_ONCE) {
      await PortReading.keepAtOnce(readings.slice(from, from + AT_ONCE));
    }
  }

  private static async keepAtOnce(readings: readonly PortReadingRow[]): Promise<void> {
    const rows = readings.map(({ memory, ...row }) => ({ ...row, memory: memory && kept(memory) }));
    await PortReading.knex().raw(
      `INSERT INTO port_readings
       SELECT r."switchPortId", r."readAt", r.up, r.link, r."linkSince", r.name, r.alias, r."speedMbit", r."counterBits",
              coalesce(r.memory, 'null')
       FROM jsonb_to_recordset(?::jsonb) AS r ("switchPortId" uuid, "readAt" timestamptz, up boolean, link boolean,
         "linkSince" timestamptz, name text, alias text, "speedMbit" integer, "counterBits" smallint, memory jsonb)
       JOIN switch_ports p ON p.id = r."switchPortId"
       ON CONFLICT (switch_port_id) DO UPDATE SET (read_at, up, link, link_since, name, alias, speed_mbit, counter_bits, memory)
         = (excluded.read_at, excluded.up, excluded.link, excluded.link_since, excluded.name, excluded.alias,
            excluded.speed_mbit, excluded.counter_bits, excluded.memory)`,
      [JSON.stringify(rows)],
    );
  }
}

export type PortReadingRow = Pick<
  PortReading,
  'switchPortId' | 'readAt' | 'up' | 'link' | 'linkSince' | 'name' | 'alias' | 'speedMbit' | 'counterBits' | 'memory'
>;

function kept({ identity, reading, open }: PortMemory): KeptMemory {
  const { at, upTicks, discontinuity, bits, inOctets, outOctets } = reading;
  return {
    identity,
    at: at.toISOString(),
    upTicks,
    ...(discontinuity !== undefined && { discontinuity }),
    bits,
    inOctets: String(inOctets),
    outOctets: String(outOctets),
    ...(open && { open: { ...open, startsAt: open.startsAt.toISOString() } }),
  };
}

function remembered(memory: KeptMemory | null): PortMemory | null {
  if (!memory) return null;
  const { identity, open, at, inOctets, outOctets, ...rest } = memory;
  const reading = { ...rest, at: new Date(at), inOctets: BigInt(inOctets), outOctets: BigInt(outOctets) };
  return { identity, reading, ...(open && { open: { ...open, startsAt: new Date(open.startsAt) } }) };
}
