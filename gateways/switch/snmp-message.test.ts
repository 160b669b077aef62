import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encoded, encodedInteger, encodedOid, Malformed, oidText, tags } from './ber.js';
import { answerIn, bulkRequest, getRequest, rowsOf, type SnmpValue, valuesOf } from './snmp-message.js';

const messages = suite('[NET-01] SNMP messages');
const OID = '1.3.6.1.2.1.31.1.1.1.6.10101';

function answer(values: readonly Buffer[], oid = OID, status = 0): Buffer {
  const rows = values.map((value) => encoded(tags.sequence, encodedOid(oid), value));
  const numbers = [encodedInteger(77), encodedInteger(status), encodedInteger(0)];
  const body = encoded(tags.response, ...numbers, encoded(tags.sequence, ...rows));
  return encoded(tags.sequence, encodedInteger(1), encoded(tags.octets, Buffer.from('public')), body);
}
const read = (tag: number, hex: string): SnmpValue =>
  valuesOf(answerIn(answer([encoded(tag, Buffer.from(hex, 'hex'))])), getRequest('public', 77, [OID]))[0];

messages('a request is as RFC 3416 draws it', () => {
  const { octets } = getRequest('public', 77, ['1.3.6.1.2.1.1.3.0']);
  const parts = ['3032', '020400000001', '04067075626c6963', 'a022', '02040000004d', '020400000000', '020400000000'];
  assert.is(octets.toString('hex'), [...parts, '300e', '300c', '06082b06010201010300', '0500'].join(''));
  assert.match(bulkRequest('public', 1, OID, 25).octets.toString('hex'), '020400000019');
});

messages('names of any length and number come back as they were', () => {
  const arcs = fc.array(fc.nat(2 ** 32 - 1), { maxLength: 20 });
  fc.assert(
    fc.property(arcs, (rest) => {
      const text = ['1', '3', ...rest].join('.');
      const octets = encodedOid(text);
      assert.is(oidText(octets, 2, octets.length), text);
    }),
  );
});

const values: readonly [name: string, tag: number, hex: string, value: SnmpValue][] = [
  ['a number', tags.integer, '01', 1],
  ['a number below zero', tags.integer, 'ff', -1],
  ['a counter with its sign octet', tags.counter32, '00ffffffff', 4_294_967_295],
  ['a counter without it', tags.counter32, 'ffffffff', 4_294_967_295],
  ['a counter of no octets', tags.counter32, '', 0],
  ['a counter that is too large', tags.counter32, '01ffffffff', null],
  ['a wide counter of one octet', tags.counter64, '07', 7n],
  ['a wide counter of seven', tags.counter64, '01000000000002', 2n ** 48n + 2n],
  ['a wide counter of eight', tags.counter64, 'fffffffffffffffe', 2n ** 64n - 2n],
  ['a wide counter of nine', tags.counter64, '00ffffffffffffffff', 2n ** 64n - 1n],
  ['a wide counter of no octets', tags.counter64, '', 0n],
  ['a wide counter that is too large', tags.counter64, '01ffffffffffffffff', null],
  ['a wide counter of ten octets', tags.counter64, '00000000000000000000', null],
  ['nothing of that name', 0x81, '', undefined],
  ['the end of what there is', 0x82, '', undefined],
  ['something of another type', 0x40, '7f000001', null],
];
for (const [name, tag, hex, value] of values) messages(name, () => assert.is(read(tag, hex), value));

messages('a value that stands under another name is not taken for the one that was asked', () => {
  const other = answer([encodedInteger(5)], '1.3.6.1.2.1.31.1.1.1.6.10102');
  assert.equal(valuesOf(answerIn(other), getRequest('public', 77, [OID])), [null]);
});

messages('an answer that is shorter than its question gives what it has', () => {
  const short = answerIn(answer([encodedInteger(5)]));
  assert.equal(valuesOf(short, getRequest('public', 77, [OID, OID, OID])), [5]);
});

messages('whatever comes over the wire, reading it ends, and fails in one way only', () => {
  const packet = answer([encodedInteger(5), encoded(tags.counter64, Buffer.from('0102', 'hex'))]);
  const changes = fc.array(fc.tuple(fc.nat(packet.length - 1), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(changes, fc.nat(packet.length), (list, length) => {
      const broken = Buffer.from(packet);
      for (const [at, octet] of list) broken[at] = octet;
      const cut = broken.subarray(0, length);
      for (const reading of [
        () => valuesOf(answerIn(cut), getRequest('p', 1, [OID, OID])),
        () => rowsOf(answerIn(cut)),
      ]) {
        try {
          reading();
        } catch (error) {
          assert.instance(error, Malformed);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

messages.run();
