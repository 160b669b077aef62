import snmp from 'net-snmp';
import type { Mib, MibRequest } from './agent-surface.js';
import type { Device } from './device.js';
import { type Cell, type Column, type Table, tablesOf } from './tables.js';

const { ObjectType, MibProviderType, MaxAccess } = snmp;
/** No such column exists on the wire: the rows' numbers are ours to give. */
const INDEX_COLUMN = 999;

/** How the SET that is being answered goes: refused with this error, or agreed to and not done. */
export interface Mood {
  error?: snmp.ErrorStatus;
  lies: boolean;
}

/** What the agent serves is asked of the device each time, never kept beside it. */
export function registerMib(mib: Mib, device: Device, mood: Mood): void {
  scalar(mib, 'sysDescr', '1.3.6.1.2.1.1.1', ObjectType.OctetString, () => 'Quartermaster pretend switch, 48 ports');
  scalar(mib, 'sysUpTime', '1.3.6.1.2.1.1.3', ObjectType.TimeTicks, () => device.upTime());
  scalar(mib, 'sysName', '1.3.6.1.2.1.1.5', ObjectType.OctetString, () => device.name);
  scalar(mib, 'ifNumber', '1.3.6.1.2.1.2.1', ObjectType.Integer, () => device.ports.length);
  for (const table of tablesOf(device)) serve(mib, table, device, mood);
}

function scalar(mib: Mib, name: string, oid: string, scalarType: snmp.ObjectType, read: () => Cell): void {
  const handler = (request: MibRequest) => {
    request.instanceNode.value = read();
    request.done();
  };
  mib.registerProvider({
    name,
    oid,
    type: MibProviderType.Scalar,
    scalarType,
    maxAccess: MaxAccess['read-only'],
    handler,
  });
  mib.setScalarValue(name, read());
}

function serve<Row>(mib: Mib, { name, oid, rows, index, columns }: Table<Row>, device: Device, mood: Mood): void {
  const hidden = {
    number: INDEX_COLUMN,
    name: 'index',
    type: ObjectType.Integer,
    maxAccess: MaxAccess['not-accessible'],
  };
  const shown = columns.map(({ number, type, write }) => ({
    number,
    name: `${name}-${number}`,
    type,
    maxAccess: MaxAccess[write ? 'read-write' : 'read-only'],
  }));
  mib.registerProvider({
    name,
    oid,
    type: MibProviderType.Table,
    maxAccess: MaxAccess['not-accessible'],
    tableIndex: [{ columnNumber: INDEX_COLUMN }],
    tableColumns: [hidden, ...shown],
    handler(request) {
      const [columnNumber, rowNumber] = request.address.slice(-2);
      const column = columns.find(({ number }) => number === columnNumber);
      const row = rows.find((row) => index(row) === rowNumber);
      if (!column || row === undefined) throw new Error(`${request.address.join('.')} is not in ${name}`);
      answer(request, column, row, device, mood);
    },
  });
  for (const row of rows) mib.addTableRow(name, [index(row), ...columns.map(({ read }) => read(row))]);
}

function answer<Row>(request: MibRequest, column: Column<Row>, row: Row, device: Device, { error, lies }: Mood): void {
  if (request.testSet) {
    const errorStatus = error ?? column.refuses?.(request.setValue, row);
    request.done(errorStatus === undefined ? undefined : { errorStatus, type: ObjectType.Null, value: null });
    return;
  }
  if (request.commitSet && !lies) device.change(() => column.write?.(row, request.setValue));
  request.instanceNode.value = column.read(row);
  if (request.commitSet) request.setValue = request.instanceNode.value;
  request.done();
}
