import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { contains, excluding, including } from './port-list.js';

const portList = suite('port lists of RFC 4363');
const lists = fc.uint8Array({ maxLength: 16 }).map((octets) => Buffer.from(octets));
const ports = fc.integer({ min: 1, max: 160 });

portList('[SVC-10] bridge port 1 is the highest bit of the first octet', () => {
  assert.is(including(Buffer.alloc(2), 1).toString('hex'), '8000');
  assert.is(including(Buffer.alloc(2), 8).toString('hex'), '0100');
  assert.is(including(Buffer.alloc(2), 9).toString('hex'), '0080');
});

portList('[SVC-10] a list that is too short grows', () => {
  assert.is(including(Buffer.alloc(0), 17).toString('hex'), '000080');
});

portList('[SVC-10] taking one port in or out touches no other', () => {
  fc.assert(
    fc.property(lists, ports, ports, (list, port, other) => {
      const before = contains(list, other);
      assert.is(contains(including(list, port), other), port === other || before);
      assert.is(contains(excluding(list, port), other), port !== other && before);
    }),
  );
});

portList('[SVC-10] the list that was read is left as it was', () => {
  const read = Buffer.from('ff00', 'hex');
  excluding(including(read, 16), 1);
  assert.is(read.toString('hex'), 'ff00');
});

portList.run();
