import type { RequestListener, ServerResponse } from 'node:http';

const PATIENCE_MS = 3_000;

/** For whoever watches the process: `/healthz` says that it lives, `/readyz` that it can serve. No page stands before them. */
export function withHealth(pages: RequestListener, ready: () => Promise<unknown>): RequestListener {
  return async (request, response) => {
    if (request.url === '/healthz') return answer(response, true);
    if (request.url === '/readyz') return answer(response, await soon(ready));
    pages(request, response);
  };
}

function answer(response: ServerResponse, well: boolean): void {
  response.writeHead(well ? 200 : 503, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
  response.end(well ? 'ok\n' : 'not ready\n');
}

async function soon(ready: () => Promise<unknown>): Promise<boolean> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    late = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const asked = ready().then(
    () => true,
    () => false,
  );
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(late));
}
