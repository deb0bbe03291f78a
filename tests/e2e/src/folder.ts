/** Folders that are gone when the tests are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new one, empty; removed with what lies in it when this process ends. */
export function folder(): string {
  if (made.length === 0) {
    process.on('exit', () => {
      for (const path of made) rmSync(path, { recursive: true, force: true });
    });
  }
  const path = mkdtempSync(join(tmpdir(), 'webburn-e2e-'));
  made.push(path);
  return path;
}
