import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { faultsOf, type PasswordFault, type PasswordLevel, strictestLevel } from './password-policy.js';

const policy = suite('[IAM-04] password policy');
const own = ['Élodie Marchand-Duvivier', 'elodie@haut-jura.example', 'Coopérative du Haut-Jura'];

const table: [password: string, level: PasswordLevel, faults: PasswordFault[]][] = [
  ['lac-Rouge-47', 'strong', []],
  ['lac-Rouge', 'strong', ['length', 'digit']],
  ['Lac-r0ug', 'medium', []],
  ['Lac-r0ug', 'strong', ['length']],
  ['lacr0u!', 'medium', ['length', 'upper']],
  ['LAC-ROUGE-47', 'strong', ['lower']],
  ['LacRouge4747', 'strong', ['special']],
  ['зелене-Поле-9', 'strong', []],
  ['зелене поле 9', 'strong', ['upper']],
  ['lac Rouge 47', 'strong', []],
  ['', 'medium', ['length', 'lower', 'upper', 'digit', 'special']],
  [`Aa1-${'éventail'.repeat(30)}`, 'strong', ['length']],
  ['Marchand-47-x', 'strong', ['own']],
  ['xx-ELODIE-47z', 'strong', ['own']],
  ['M4rch@nd-47-x', 'strong', ['own']],
  ['Cooperative-9', 'strong', ['own']],
  ['P@ssw0rd!2026', 'strong', ['common']],
  ['Password-1234', 'strong', ['common']],
  ['!!Qwertyuiop1', 'strong', ['common']],
  ['MotDePasse-12', 'strong', ['common']],
  ['Aaaaaaaaaa1!', 'strong', ['common']],
  ['Abab-abab-1!', 'strong', ['common']],
];

for (const [password, level, faults] of table) {
  policy(`${level}: “${password.slice(0, 20)}” ${faults.length ? `is refused: ${faults}` : 'may be used'}`, () => {
    assert.equal(faultsOf(password, level, own), faults);
  });
}

const levels: [of: PasswordLevel[], strictest: PasswordLevel][] = [
  [[], 'strong'],
  [['medium'], 'medium'],
  [['medium', 'medium'], 'medium'],
  [['medium', 'strong'], 'strong'],
];
for (const [of, strictest] of levels) {
  policy(`who is held to ${of.join(' and ') || 'nothing'} keeps ${strictest}`, () => {
    assert.is(strictestLevel(of), strictest);
  });
}

policy('short names do not forbid words in which they stand by chance', () => {
  assert.equal(faultsOf('Rivage-vert-12', 'strong', ['Iva Li', 'iv@li.example']), []);
});

policy.run();
