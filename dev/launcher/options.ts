import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Options {
  readonly data: string;
  readonly portBase: number;
  readonly fresh: boolean;
  readonly yes: boolean;
  readonly firstOrder: boolean;
  readonly light: boolean;
  readonly once: boolean;
  readonly help: boolean;
  /** First of two ports through which the worker reaches Temporal and the database. */
  readonly workerThrough: number | undefined;
}

/** A command line that cannot be followed, in words. */
export class OptionsWrong extends Error {
  override name = 'OptionsWrong';
}

export const help = `npm start [-- OPTIONS]
The whole shop on this machine. Ctrl-C stops all that it started.

  --data DIR         where everything is kept (default .data)
  --port-base N      first of the eleven ports that the parts take (default 3000)
  --fresh            begin with nothing: deletes the data folder, after a question
  --yes              answers that question, for when nobody is there to ask
  --no-first-order   do not place an order at the first start
  --light            embedded parts only, whatever the environment names; no machine in QEMU
  --once             place an order, wait for its server, stop everything; 0 only if the server answered
  --worker-through N the worker reaches Temporal at port N and the database at N + 1: for what somebody puts in between
  --help             this text

Real parts are taken instead of embedded ones where the environment names them:
  DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL, STRIPE_SECRET_KEY (with STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET)
`;

const HIGHEST_PORT = 65_535;
const PORTS = 10;

/** What was asked for on the command line, or `OptionsWrong`. */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parsed(argv);
  const portBase = Number(values['port-base']);
  if (!Number.isInteger(portBase) || portBase < 1 || portBase > HIGHEST_PORT - PORTS + 1) {
    throw new OptionsWrong(`--port-base takes a number from 1 to ${HIGHEST_PORT - PORTS + 1}`);
  }
  if (values.once && values['no-first-order']) throw new OptionsWrong('--once is about the first order: leave one out');
  return {
    data: resolve(values.data),
    portBase,
    fresh: values.fresh,
    yes: values.yes,
    firstOrder: !values['no-first-order'],
    light: values.light,
    once: values.once,
    help: values.help,
    workerThrough: values['worker-through'] === undefined ? undefined : Number(values['worker-through']),
  };
}

function parsed(argv: readonly string[]) {
  const no = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string', default: '.data' },
        'port-base': { type: 'string', default: '3000' },
        fresh: no,
        yes: no,
        'no-first-order': no,
        light: no,
        once: no,
        help: no,
        'worker-through': { type: 'string' },
      },
    });
  } catch (error) {
    throw new OptionsWrong(error instanceof Error ? error.message : String(error));
  }
}
