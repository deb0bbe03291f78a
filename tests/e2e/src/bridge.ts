/** The real program `webburn serve` with simulated drives, started for the tests and ended by them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

export function program(): string {
  const given = process.env['WEBBURN_BIN'];
  const target = process.env['CARGO_TARGET_DIR'] ?? join(ROOT, 'target');
  const found = [given, join(target, 'debug/webburn'), join(target, 'release/webburn')].find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('there is no `webburn` program: run `cargo build -p webburn-bridge`, or set WEBBURN_BIN');
  return found;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

export interface Bridge {
  url: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

export interface BridgeOptions {
  /** One simulated drive each. */
  media: string[];
  pace?: string;
  /** Which drive is simulated: 'reader' for one that cannot write. */
  drive?: string;
}

export async function startBridge({ media, pace = 'instant', drive }: BridgeOptions): Promise<Bridge> {
  const port = await freePort();
  const args = ['serve', '--port', String(port), '--sim-pace', pace, ...media.flatMap((m) => ['--simulate', m])];
  if (drive !== undefined) args.push('--sim-drive', drive);
  const child: ChildProcess = spawn(program(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}/`;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null) throw new Error(`the bridge ended by itself: ${said}`);
    const answer = await fetch(`${url}v1/hello`).catch(() => null);
    if (answer?.ok === true) break;
    if (tries > 200) throw new Error(`the bridge does not answer: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return {
    url,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
