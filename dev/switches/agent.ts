import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import snmp from 'net-snmp';
import type { Faults } from '../faults.js';
import { type Mood, registerMib } from './agent-mib.js';
import type { Agent, RequestKind } from './agent-surface.js';
import type { Device } from './device.js';
import type { PretendSwitch } from './switch-list.js';

export interface RunningAgent {
  readonly port: number;
  close(): Promise<void>;
}

const kinds: readonly RequestKind[] = ['getRequest', 'getNextRequest', 'getBulkRequest', 'setRequest'];
const SLOW_MS = 2_000;
const { NotWritable, ResourceUnavailable } = snmp.ErrorStatus;

/** Answers SNMP v2c and v3 for one pretend switch on a UDP port of this machine. Port 0 takes a free one. */
export async function startAgent(
  { name, community, user }: PretendSwitch,
  device: Device,
  faults: Faults,
  port: number,
): Promise<RunningAgent> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  const agent = agentOn(socket);
  const { ReadWrite } = snmp.AccessLevel;
  const authorizer = agent.getAuthorizer();
  authorizer.addCommunity(community);
  authorizer.getAccessControlModel().setCommunityAccess(community, ReadWrite);
  if (user) {
    const { authProtocol, privProtocol } = user;
    const protocols = {
      authProtocol: snmp.AuthProtocols[authProtocol],
      privProtocol: privProtocol === 'aes' ? snmp.PrivProtocols.aes : snmp.PrivProtocols.aes256b,
    };
    authorizer.addUser({ ...user, ...protocols, level: snmp.SecurityLevel.authPriv });
    authorizer.getAccessControlModel().setUserAccess(user.name, ReadWrite);
  }
  const mood: Mood = { lies: false };
  registerMib(agent.getMib(), device, mood);
  misbehave(agent, mood, (step) => faults.take(name, step));
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => agent.close(resolve)),
  };
}

/** The agent binds by itself and cannot take port 0, so it is handed a socket that is bound already. */
function agentOn(socket: Socket): Agent {
  const bound = Object.assign(socket, { bind: () => socket });
  const accessControlModelType = snmp.AccessControlModelType.Simple;
  const options = { port: socket.address().port, accessControlModelType, dgramModule: { createSocket: () => bound } };
  return snmp.createAgent(options, () => {}) as Agent;
}

function misbehave(agent: Agent, mood: Mood, take: (step: string) => ReturnType<Faults['take']>) {
  const unanswered = new WeakSet<object>();
  const send = agent.listener.send.bind(agent.listener);
  agent.listener.send = (message, sender, socket) => {
    if (!unanswered.has(sender)) send(message, sender, socket);
  };
  for (const kind of kinds) {
    const usual = agent[kind].bind(agent);
    agent[kind] = (...request) => {
      const fault = take('request');
      if (fault?.kind === 'silent') return;
      if (fault?.kind === 'answer_lost') unanswered.add(request[2]);
      if (kind === 'getBulkRequest' && fault?.kind === 'circles') rewind(request[1].pdu.varbinds);
      if (kind === 'setRequest') {
        const how = take('set')?.kind;
        mood.lies = how === 'lies';
        mood.error = how === 'refuses' ? NotWritable : how === 'busy' ? ResourceUnavailable : undefined;
        asCharacters(request[1].pdu.varbinds);
      }
      if (fault?.kind === 'slow') setTimeout(() => usual(...request), fault.delayMs ?? SLOW_MS);
      else usual(...request);
    };
  }
}

/** The agent reads octets that are set as UTF-8, which is the end of a bitmap: one character an octet passes unharmed. */
function asCharacters(varbinds: snmp.Varbind[]): void {
  for (const varbind of varbinds) {
    if (Buffer.isBuffer(varbind.value)) varbind.value = varbind.value.toString('latin1');
  }
}

/** Some agents answer a walk with the same rows again and again. */
function rewind(varbinds: snmp.Varbind[]): void {
  const isInRow = ({ oid }: snmp.Varbind) => /\.1\.4\.1\.2\.\d+$/.test(oid);
  for (const varbind of varbinds.filter(isInRow)) varbind.oid = varbind.oid.replace(/\.\d+$/, '');
}
