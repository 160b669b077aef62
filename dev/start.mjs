import { insistOnNode, installPackages, installSystemPackages } from './prepare.mjs';

insistOnNode();
await installPackages();
await installSystemPackages([]); // every part has an embedded form so far; what a real one needs is listed here

const { register } = await import('tsx/esm/api');
register();
process.setSourceMapsEnabled(true);
const { launch } = await import('./launcher/main.ts');
const code = await launch(process.argv.slice(2));
process.exit(code || process.exitCode || 0);
