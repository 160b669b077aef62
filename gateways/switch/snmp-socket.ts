import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { deviceAddress } from './device-address.js';
import type { SnmpWire } from './reader.js';
import {
  answerIn,
  bulkRequest,
  getRequest,
  rowsOf,
  type SnmpAnswer,
  type SnmpRequest,
  valuesOf,
} from './snmp-message.js';
import { type SwitchAccess, SwitchUnreachable } from './switch.js';

export interface SocketOptions {
  /** For one try; the whole question takes this times `retries` + 1 at most. */
  readonly timeoutMs: number;
  readonly retries: number;
  /** A first number for requests that nobody outside can guess. */
  readonly firstId: number;
}

interface Waiting {
  readonly host: string;
  readonly port: number;
  answered(answer: SnmpAnswer): void;
}

const RECEIVING_BYTES = 4 * 1024 * 1024;
const IDS = 2 ** 31;

/**
 * SNMP version 2c to any number of devices over one socket, many questions at once. What comes late or twice finds
 * nobody.
 */
export class SnmpSocket {
  private readonly sockets = new Map<4 | 6, Socket>();
  private readonly waiting = new Map<number, Waiting>();
  private lastId: number;
  /** Packets that were no answers to anything. */
  strays = 0;

  constructor(private readonly options: SocketOptions) {
    this.lastId = options.firstId % IDS;
  }

  wire(access: SwitchAccess): SnmpWire {
    const { community } = access;
    return {
      get: async (oids) => {
        const { answer, request } = await this.ask(access, (id) => getRequest(community, id, oids));
        return { status: answer.status, index: answer.index, values: valuesOf(answer, request) };
      },
      bulk: async (oid, rows) => {
        const { answer } = await this.ask(access, (id) => bulkRequest(community, id, oid, rows));
        return { status: answer.status, rows: rowsOf(answer) };
      },
    };
  }

  close(): void {
    for (const socket of this.sockets.values()) socket.close();
    this.sockets.clear();
  }

  private async ask(
    { host, port }: SwitchAccess,
    make: (id: number) => SnmpRequest,
  ): Promise<{ answer: SnmpAnswer; request: SnmpRequest }> {
    const { address } = await deviceAddress(host);
    const id = this.nextId();
    const request = make(id);
    const { timeoutMs, retries } = this.options;
    const answer = await new Promise<SnmpAnswer>((resolve, reject) => {
      let tries = 0;
      const send = () => {
        if (tries++ > retries) {
          this.waiting.delete(id);
          reject(new SwitchUnreachable(`${host}:${port} does not answer`));
          return;
        }
        // What cannot be sent is as lost as what was lost on the way.
        this.socketFor(address).send(request.octets, port, address, () => {});
        timer = setTimeout(send, timeoutMs);
      };
      let timer: NodeJS.Timeout | undefined;
      const answered = (found: SnmpAnswer) => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(found);
      };
      this.waiting.set(id, { host: address, port, answered });
      send();
    });
    return { answer, request };
  }

  private nextId(): number {
    do this.lastId = (this.lastId + 1) % IDS;
    while (this.waiting.has(this.lastId));
    return this.lastId;
  }

  private socketFor(address: string): Socket {
    const family = isIP(address) === 6 ? 6 : 4;
    const known = this.sockets.get(family);
    if (known) return known;
    const type = family === 6 ? 'udp6' : 'udp4';
    const straight = (name: string, _: unknown, found: (error: null, address: string, family: number) => void) =>
      found(null, name, family);
    const socket = createSocket({ type, recvBufferSize: RECEIVING_BYTES, lookup: straight as never });
    socket.on('message', (packet, from) => this.heard(packet, from));
    socket.on('error', () => {
      this.sockets.delete(family); // the next question makes another
      socket.close();
    });
    socket.unref();
    this.sockets.set(family, socket);
    return socket;
  }

  private heard(packet: Buffer, from: { address: string; port: number }): void {
    try {
      const answer = answerIn(packet);
      const waiting = this.waiting.get(answer.id);
      if (waiting?.host === from.address && waiting.port === from.port) waiting.answered(answer);
      else this.strays++;
    } catch {
      this.strays++; // whoever waits asks again, as if it had been lost
    }
  }
}
