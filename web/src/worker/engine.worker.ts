/** The worker that burns: it owns the engine, the drives and the disc in the page. */
import { asFailure, pageFailure } from '../api/failure';
import init, { start } from '../generated/webburn.js';
import { WorkerEngine } from './engine';
import type { FromWorker, ToWorker } from './protocol';

let engine: WorkerEngine | undefined;
let queue: Promise<void> = Promise.resolve();

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

async function begin(origin: string | null, client: string): Promise<void> {
  try {
    await init();
    start((message: string) => post({ type: 'broken', message }));
    engine = new WorkerEngine(origin, client, {
      event: (event) => post({ type: 'event', event }),
      notice: (notice) => post({ type: 'notice', notice }),
      cdPart: (part) => post({ type: 'cd-part', part }, part.bytes === null ? [] : [part.bytes.buffer]),
      piece: (bytes) => post({ type: 'piece', bytes }, [bytes.buffer]),
    });
    post({ type: 'ready' });
  } catch (thrown) {
    const code = thrown instanceof WebAssembly.CompileError ? 'no-wasm' : 'engine-failed';
    post({ type: 'failed-to-start', failure: asFailure(thrown, code) });
  }
}

async function call({ id, name, args }: ToWorker & { type: 'call' }): Promise<void> {
  if (engine === undefined) {
    post({ type: 'failed', id, failure: pageFailure('engine-failed', 'the engine has not started') });
    return;
  }
  try {
    // The façade's types have seen to it that the arguments fit the name.
    const value = await (engine[name] as (...args: unknown[]) => Promise<unknown>).apply(engine, args);
    post({ type: 'done', id, value });
  } catch (thrown) {
    // A trap leaves the module's memory as it fell: no later call can be trusted.
    if (thrown instanceof WebAssembly.RuntimeError) post({ type: 'broken', message: String(thrown) });
    post({ type: 'failed', id, failure: await engine.failure(thrown) });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'start') void begin(data.origin, data.client);
  else if (data.type === 'stop') engine?.stop();
  else if (data.type === 'more') engine?.more();
  else queue = queue.then(() => call(data));
});
