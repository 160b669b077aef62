import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cleanText } from './device-text.js';

const text = suite('[NET-01] what devices call things');
const cases = [
  ['as it is', Buffer.from('Gi0/1'), 'Gi0/1'],
  ['in one line', Buffer.from('uplink\r\nto\tcore'), 'uplink to core'],
  ['without the octets that fill it up', Buffer.from('Gi0/1\0\0\0'), 'Gi0/1'],
  ['in any script', Buffer.from('порт Наталі'), 'порт Наталі'],
  ['in Latin-1, where it is no UTF-8', Buffer.from('mari\u00e9e', 'latin1'), 'mariée'],
  ['without what turns the direction of writing', Buffer.from('web\u202e3-bew'), 'web 3-bew'],
  ['without escape sequences', Buffer.from('\u001b[31mred'), '[31mred'],
  ['markup is text', Buffer.from('<img src=x onerror=alert(1)>'), '<img src=x onerror=alert(1)>'],
  ['no longer than a line', Buffer.alloc(4_000, 'a'), 'a'.repeat(255)],
  ['nothing is nothing', Buffer.alloc(0), ''],
] as const;
for (const [name, octets, shown] of cases) text(name, () => assert.is(cleanText(octets), shown));

text.run();
