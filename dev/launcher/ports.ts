import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

export type Ports = ReturnType<typeof portsFrom>;

/** Eleven in a row, so that one option moves them all. */
export function portsFrom(base: number) {
  return {
    web: base,
    payments: base + 1,
    smtp: base + 2,
    mail: base + 3,
    temporal: base + 4,
    temporalUi: base + 5,
    postgres: base + 6,
    machines: base + 7,
    /** UDP: the service processor of the machine in QEMU. */
    bmc: base + 7,
    /** UDP. */
    snmp: base + 8,
    /** The serial port of the machine in QEMU. */
    console: base + 8,
    switches: base + 9,
    collector: base + 10,
  };
}

/** Whether nobody listens there on this machine. */
export function isFree(port: number, protocol: 'tcp' | 'udp' = 'tcp'): Promise<boolean> {
  return new Promise((resolve) => {
    if (protocol === 'udp') {
      const socket = createSocket('udp4').once('error', () => resolve(false));
      socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
    } else {
      const server = createServer().once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    }
  });
}
