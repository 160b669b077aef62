import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isNewPlace, placeOf } from './sign-in-places.js';

const places = suite('[IAM-06] where a sign-in comes from');

const read: [address: string, place: string][] = [
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
  ['not an address', 'not an address'],
];
for (const [address, place] of read) {
  places(`${address || 'nothing'} is at ${place || 'nothing'}`, () => {
    assert.is(placeOf(address), place);
  });
}

const told: [what: string, place: string, seen: string[], isNew: boolean][] = [
  ['the very first', '192.0.2.7', [], false],
  ['from where they always are', '192.0.2.7', ['192.0.2.7'], false],
  ['from where they once were', '192.0.2.7', ['198.51.100.1', '192.0.2.7'], false],
  ['from elsewhere', '203.0.113.5', ['198.51.100.1', '192.0.2.7'], true],
];
for (const [what, place, seen, isNew] of told) {
  places(`one ${what} is ${isNew ? 'told of' : 'nothing new'}`, () => {
    assert.is(isNewPlace(place, seen), isNew);
  });
}

places.run();
