/** SHA-256 of the buffers that come in, in order. */
import init, { Sha256 } from '../generated/webburn.js';
import type { FromHash, ToHash } from './protocol';

const sha256 = init().then(() => new Sha256());
let queue: Promise<void> = Promise.resolve();

function post(message: FromHash, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

async function hear(message: ToHash): Promise<void> {
  const digest = await sha256;
  if (message.type === 'bytes') {
    digest.update(message.bytes);
    post({ type: 'hashed', bytes: message.bytes }, [message.bytes.buffer]);
  } else {
    const bytes = digest.finish();
    if (message.type === 'finish') post({ type: 'digest', sha256: bytes });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToHash>) => {
  queue = queue.then(() => hear(data)).catch((thrown: unknown) => post({ type: 'broken', message: String(thrown) }));
});
