import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const names = ['prometheus-snmp-exporter', 'snmp_exporter'];
/** The kernel counts processor time in hundredths of a second. */
const TICK_SECONDS = 0.01;

export interface Exporter {
  /** Asks for one switch's interfaces, as Prometheus would. */
  poll(port: number): Promise<void>;
  cpuSeconds(): number;
  stop(): void;
}

/** Prometheus's snmp_exporter reading the same columns of the same switches; nothing where it is not installed. */
export async function startExporter(listenOn: number): Promise<Exporter | undefined> {
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const program = process.env.SNMP_EXPORTER ?? places.find((place) => existsSync(place));
  if (!program) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'exporter-'));
  const file = join(folder, 'snmp.yml');
  await writeFile(file, configuration(true));
  let child = started(program, file, listenOn);
  await pause(700);
  if (child.exitCode !== null) {
    await writeFile(file, configuration(false)); // before 0.23 the credentials stood in the module
    child = started(program, file, listenOn);
    await pause(700);
  }
  return {
    async poll(port) {
      const query = `module=ports&auth=public&target=127.0.0.1:${port}`;
      const response = await fetch(`http://127.0.0.1:${listenOn}/snmp?${query}`);
      const text = await response.text();
      if (!text.includes('ifHCInOctets'))
        throw new Error(`snmp_exporter answered ${response.status}: ${text.slice(0, 200)}`);
    },
    cpuSeconds() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
    },
    stop() {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}

function started(program: string, file: string, port: number): ChildProcess {
  return spawn(program, [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
}

function configuration(authsApart: boolean): string {
  const columns = [
    ['ifName', 1, 'DisplayString'],
    ['ifHCInOctets', 6, 'counter'],
    ['ifHCOutOctets', 10, 'counter'],
    ['ifHighSpeed', 15, 'gauge'],
  ] as const;
  const oid = (column: number) => `1.3.6.1.2.1.31.1.1.1.${column}`;
  const indent = authsApart ? '    ' : '  ';
  const module = [
    'ports:',
    `  walk: [${columns.map(([, column]) => oid(column)).join(', ')}]`,
    ...(authsApart ? [] : ['  version: 2', '  auth:', '    community: public']),
    '  max_repetitions: 25',
    '  metrics:',
    ...columns.flatMap(([name, column, type]) => [
      `  - name: ${name}`,
      `    oid: ${oid(column)}`,
      `    type: ${type}`,
      `    help: ${name}`,
      '    indexes:',
      '    - labelname: ifIndex',
      '      type: gauge',
    ]),
  ];
  const lines = module.map((line) => indent.slice(2) + line);
  if (!authsApart) return `${lines.join('\n')}\n`;
  return `auths:\n  public:\n    community: public\n    version: 2\nmodules:\n${lines.join('\n')}\n`;
}
