import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mayRunMetal, metalPackages } from './metal/packages.mjs';
import { hasFont, insistOnNode, installPackages, installSystemPackages, onPath } from './prepare.mjs';

insistOnNode();
const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
const root = join(import.meta.dirname, '..');
await installPackages();
await installSystemPackages([
  { package: 'chromium', there: () => existsSync(process.env.CHROMIUM ?? '') || browsers.some(onPath) },
  { package: 'fonts-noto-core', there: () => hasFont('Noto Sans') },
  { package: 'poppler-utils', there: () => onPath('pdftotext') },
  ...(mayRunMetal ? metalPackages : []),
]);

const command = ['dev/typescript.mjs', 'tests/support/run.ts', ...process.argv.slice(2)];
const tests = spawn(process.execPath, command, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
process.on('SIGINT', () => {}); // the terminal tells the tests as well, which stop what they started
process.on('SIGTERM', () => tests.kill('SIGTERM'));
tests.on('close', (code) => process.exit(code ?? 1));
