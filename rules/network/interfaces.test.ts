import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { identitiesOf, type KnownPort, located } from './interfaces.js';

const interfaces = suite('[NET-01] interfaces');
const named = (ifIndex: number, name: string, descr = '', alias = '') => ({ ifIndex, name, descr, alias });

const identities = [
  ['by name', [named(1, 'Gi0/1', 'Gigabit 1'), named(2, 'Gi0/2', 'Gigabit 2')], ['name:Gi0/1', 'name:Gi0/2']],
  [
    'by description where there are no names',
    [named(1, '', 'port 1'), named(2, '', 'port 2')],
    ['descr:port 1', 'descr:port 2'],
  ],
  ['by description where two share a name', [named(1, 'x', 'a'), named(2, 'x', 'b')], ['descr:a', 'descr:b']],
  ['by alias where nothing else differs', [named(1, '', 'eth', 'a'), named(2, '', 'eth', 'b')], ['alias:a', 'alias:b']],
  ['not at all where nothing differs', [named(1, '', 'eth'), named(2, '', 'eth')], [undefined, undefined]],
] as const;
for (const [name, list, expected] of identities) {
  interfaces(`are known ${name}`, () => {
    const found = identitiesOf(list);
    assert.equal(
      list.map(({ ifIndex }) => found.get(ifIndex)),
      expected,
    );
  });
}

const before: readonly KnownPort[] = [
  { portId: 'a', ifIndex: 1, identity: 'name:Gi0/1' },
  { portId: 'b', ifIndex: 2, identity: 'name:Gi0/2' },
];
const places = [
  ['a port never read is where its number says', [{ portId: 'a', ifIndex: 1 }], [named(1, 'Gi0/1')], { a: 1 }],
  ['ports stay where they are', before, [named(1, 'Gi0/1'), named(2, 'Gi0/2')], { a: 1, b: 2 }],
  [
    'ports are followed to their new numbers',
    before,
    [named(1, 'Gi0/2'), named(2, 'Gi0/3'), named(3, 'Gi0/1')],
    { a: 3, b: 1 },
  ],
  ['two that changed places are followed', before, [named(1, 'Gi0/2'), named(2, 'Gi0/1')], { a: 2, b: 1 }],
  ['a renamed port stays at its place', before, [named(1, 'Te1/1'), named(2, 'Gi0/2')], { a: 1, b: 2 }],
  ['a port whose place another one took is nowhere', before, [named(1, 'Gi0/2')], { b: 1 }],
  ['a port that was taken out is nowhere', before, [named(2, 'Gi0/2')], { b: 2 }],
] as const;
for (const [name, ports, list, expected] of places) {
  interfaces(name, () => assert.equal(Object.fromEntries(located(ports, list)), expected));
}

interfaces.run();
