import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createSwitches } from './switches.js';

const { values } = parseArgs({
  options: {
    'snmp-port': { type: 'string', default: '3008' },
    'control-port': { type: 'string', default: '3009' },
    data: { type: 'string' },
    switches: { type: 'string' },
  },
});
if (!values.data || !values.switches) {
  console.error('usage: dev/switches/main.ts --data DIR --switches FILE [--snmp-port N] [--control-port N]');
  process.exit(2);
}

const running = await createSwitches({
  switches: JSON.parse(readFileSync(values.switches, 'utf8')),
  data: values.data,
  snmpPort: Number(values['snmp-port']),
  controlPort: Number(values['control-port']),
});
const agents = [...running.snmpPorts].map(([name, port]) => `${name} on udp ${port}`).join(', ');
console.log(`switches listen: ${agents}; control ${running.controlUrl}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void running.close().then(() => process.exit(0)));
}
