// Runs a TypeScript file: `node dev/typescript.mjs FILE …`. Unlike `--import tsx` it hands the compiler to no thread that
// the program makes: each of the worker's would cost half a second and 20 MB. What runs for long: compiled.mjs.
import { pathToFileURL } from 'node:url';
import { register as registerRequire } from 'tsx/cjs/api';
import { register } from 'tsx/esm/api';

register();
registerRequire();
process.setSourceMapsEnabled(true);
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1] ?? '').href);
