import { readdirSync } from 'node:fs';
import { asLine, type Question, readable } from './measurement.js';

const aside = ['main.ts', 'measurement.ts'];
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !aside.includes(file))
  .map((file) => file.replace('.ts', ''))
  .sort();
const [name = '', ...args] = process.argv.slice(2);

if (!names.includes(name)) {
  console.log(`npm run bench -- NAME [OPTIONS]
Measures one thing against its reference, in one run on this machine. Prints a table, and as its last line an object with
name, ratio and target. The names: ${names.join(', ') || 'none yet'}.`);
  process.exit(name === '' || name === '--help' ? 0 : 2);
}

const { measure } = (await import(`./${name}.js`)) as Question;
try {
  const measurement = await measure(args);
  console.log(readable(measurement));
  console.log(asLine(measurement));
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
