import { ConfigurationWrong } from '../../config.js';
import { makeDataFolder, mayDelete } from './data-folder.js';
import { deleteData } from './database-folder.js';
import { help, OptionsWrong, readOptions } from './options.js';
import { PartFailed } from './part.js';
import { AlreadyRunning, Records } from './records.js';
import { run } from './run.js';
import { PortTaken } from './shop.js';

/** From the command line to the last part stopped. Answers with what the process ends with. */
export async function launch(argv: readonly string[]): Promise<number> {
  try {
    const options = readOptions(argv);
    if (options.help) return say(help, 0);
    if (options.fresh && !(await mayDelete(options))) return say('Nothing was deleted.', 1);
    const records = new Records(options.data);
    if (options.fresh) await clear(records, options.data);
    return await run(options, records);
  } catch (error) {
    if (error instanceof OptionsWrong) return say(`${error.message}\nnpm start -- --help shows what there is.`, 2);
    if (error instanceof ConfigurationWrong)
      return say(`The configuration is wrong:\n  ${error.problems.join('\n  ')}`, 2);
    if (error instanceof PortTaken || error instanceof AlreadyRunning) return say(error.message, 1);
    if (error instanceof PartFailed) return say(error.report, 1);
    throw error;
  }
}

async function clear(records: Records, data: string): Promise<void> {
  records.claim();
  await records.stopLeftovers();
  records.close();
  await deleteData(data);
  makeDataFolder(data);
}

function say(text: string, code: number): number {
  (code === 0 ? console.log : console.error)(text);
  return code;
}
