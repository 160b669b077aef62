import { createHmac } from 'node:crypto';

/** `t=…,v1=…`: HMAC-SHA256 of time and body. https://docs.stripe.com/webhooks#verify-manually */
export function signature(secret: string, unixSeconds: number, body: string): string {
  const v1 = createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${v1}`;
}
