import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Lets stacks name the lines of the sources of what was compiled into `tree`. Node can do that too, but reads all maps as
 * it loads the files, and keeps them: here one is read when a stack first names its file.
 */
export function tellSources(tree, root) {
  const compiled = pathToFileURL(tree).href;
  const maps = new Map();

  const mapOf = (file) => {
    if (!maps.has(file)) {
      const path = `${fileURLToPath(file)}.map`;
      maps.set(file, existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8'))) : undefined);
    }
    return maps.get(file);
  };

  const told = (frame) => {
    const file = frame.getFileName();
    const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
    if (!file?.startsWith(compiled) || line === null || column === null) return String(frame);
    const { originalLine, originalColumn } = mapOf(file)?.findEntry(line - 1, column - 1) ?? {};
    if (originalLine === undefined) return String(frame);
    const source = `${root}${file.slice(compiled.length).replace(/\.js$/, '.ts')}`;
    return String(frame).replace(`${file}:${line}:${column}`, `${source}:${originalLine + 1}:${originalColumn + 1}`);
  };

  Error.prepareStackTrace = (error, frames) => [error, ...frames.map((frame) => `    at ${told(frame)}`)].join('\n');
}
