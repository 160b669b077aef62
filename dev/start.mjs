import { mayRunMetal, metalPackages } from './metal/packages.mjs';
import { insistOnNode, installPackages, installSystemPackages } from './prepare.mjs';

const embeddedOnly = ['--light', '--help'].some((option) => process.argv.includes(option));
insistOnNode();
await installPackages();
if (!embeddedOnly && mayRunMetal) await installSystemPackages(metalPackages);

const { register } = await import('tsx/esm/api');
register();
process.setSourceMapsEnabled(true);
const { launch } = await import('./launcher/main.ts');
const code = await launch(process.argv.slice(2));
process.exit(code || process.exitCode || 0);
