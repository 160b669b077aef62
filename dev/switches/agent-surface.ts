import type snmp from 'net-snmp';
import type { Cell } from './tables.js';

/** The part of net-snmp's agent that is used here; its own types stop at `any`. */
export interface Agent extends Record<RequestKind, (...request: AgentRequest) => void> {
  getMib(): Mib;
  getAuthorizer(): Authorizer;
  readonly listener: { send: (message: unknown, sender: object, socket: unknown) => void };
  close(closed?: () => void): void;
}

export type RequestKind = 'getRequest' | 'getNextRequest' | 'getBulkRequest' | 'setRequest';
export type AgentRequest = [socket: unknown, message: { pdu: { varbinds: snmp.Varbind[] } }, sender: object];

export interface Mib {
  registerProvider(provider: Record<string, unknown> & { handler: (request: MibRequest) => void }): void;
  addTableRow(table: string, cells: readonly Cell[]): void;
  setScalarValue(name: string, value: Cell): void;
}

interface Authorizer {
  addCommunity(community: string): void;
  addUser(user: snmp.User): void;
  getAccessControlModel(): {
    setCommunityAccess(community: string, level: snmp.AccessLevel): void;
    setUserAccess(user: string, level: snmp.AccessLevel): void;
  };
}

/** One value asked for or set. A SET comes twice: first with `testSet`, then, if nothing was refused, with `commitSet`. */
export interface MibRequest {
  readonly address: readonly number[];
  readonly instanceNode: { value: Cell };
  readonly testSet?: boolean;
  readonly commitSet?: boolean;
  setValue: Cell;
  done(refusal?: { errorStatus: snmp.ErrorStatus; type: snmp.ObjectType; value: null }): void;
}
