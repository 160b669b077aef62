import { readerOver, type SwitchReader } from './reader.js';
import { snmpV3Wire } from './snmp-session.js';
import { SnmpSocket, type SocketOptions } from './snmp-socket.js';
import type { SwitchAccess } from './switch.js';

export interface SwitchReaders {
  /** For as long as the device is read: it remembers how much the device answers at once. */
  reader(access: SwitchAccess): SwitchReader;
  close(): void;
}

/** Reading by SNMP: version 2c through one socket for all devices, version 3 in a session for each question. */
export function createSwitchReaders(options: SocketOptions): SwitchReaders {
  const socket = new SnmpSocket(options);
  return {
    reader: (access) => readerOver(access.version === '2c' ? socket.wire(access) : snmpV3Wire(access, options)),
    close: () => socket.close(),
  };
}
