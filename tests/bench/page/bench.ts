/** The window: starts the worker, hands its results to the server, and times the real page. */
import type { Job, Measured } from './bench.worker';

let last: Promise<unknown> = Promise.resolve();

/** One after the other: what comes after the word that it is the end is not read. */
function post(result: unknown): Promise<unknown> {
  last = last.then(() => fetch('/bench/result', { method: 'POST', body: JSON.stringify(result) }));
  return last;
}

/** Milliseconds from the start of navigation until the page has listed its drives. */
async function interactive(): Promise<Measured> {
  const begun = performance.now();
  const page = window.open('/');
  if (page === null) throw new Error('the window was not opened');
  while (performance.now() - begun < 20_000) {
    const picker = page.document.querySelector('select option, [role=combobox]');
    if (picker !== null && page.document.readyState === 'complete') {
      const milliseconds = performance.now() - begun;
      page.close();
      return { name: 'interactive', milliseconds };
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the page did not come up within 20 s');
}

const names = location.hash.slice(1).split(',');
const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
worker.addEventListener('message', ({ data }: MessageEvent<Measured | { failed: string } | 'end'>) => {
  void post(data === 'end' ? { end: true } : data);
});
worker.addEventListener('error', (event) => void post({ failed: event.message }));

if (names.includes('interactive')) {
  await interactive().then(post, (thrown: unknown) => post({ failed: String(thrown) }));
}
worker.postMessage(names as Job[]);
