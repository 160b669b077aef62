import { z } from 'zod';
import type { Sealer } from '../sealing.js';
import type { SwitchAccess, SwitchUser } from './switch.js';

const userInWords = z.object({
  name: z.string().min(1),
  authProtocol: z.enum(['sha', 'sha256', 'sha512']),
  authKey: z.string().min(8), // RFC 3414 §11.2
  privProtocol: z.enum(['aes', 'aes256']),
  privKey: z.string().min(8),
}) satisfies z.ZodType<SwitchUser>;

interface SealedAccess extends Pick<SwitchAccess, 'host' | 'port' | 'version'> {
  readonly communitySealed: Buffer;
}

/** How a switch is spoken to. What is sealed is the community's word (version 2c), or the user as JSON (version 3). */
export function accessTo({ host, port, version, communitySealed }: SealedAccess, sealer: Sealer): SwitchAccess {
  const words = sealer.open(communitySealed);
  if (version === '2c') return { host, port, version, community: words };
  return { host, port, version, community: '', user: userInWords.parse(JSON.parse(words)) };
}
