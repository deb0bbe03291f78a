/** FLAC files, heard by others than us. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { folder } from './folder';

/** The samples as the browser's own decoder gives them: 16 bits, left first. */
export async function heard(page: Page, file: Buffer): Promise<Buffer> {
  const samples = await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const sound = await new OfflineAudioContext(2, 1, 44_100).decodeAudioData(bytes.buffer);
    if (sound.sampleRate !== 44_100 || sound.numberOfChannels !== 2) throw new Error('it is not the sound of a CD');
    const both = [sound.getChannelData(0), sound.getChannelData(1)];
    const out = new Int16Array(sound.length * 2);
    for (let at = 0; at < out.length; at += 1) {
      const sample = both[at % 2]?.[at >> 1] ?? 0;
      // Chromium makes one of the largest on either side of zero.
      out[at] = Math.round(sample * (sample < 0 ? 32_768 : 32_767));
    }
    let all = '';
    const raw = new Uint8Array(out.buffer);
    for (let at = 0; at < raw.length; at += 32_768) all += String.fromCharCode(...raw.subarray(at, at + 32_768));
    return btoa(all);
  }, file.toString('base64'));
  return Buffer.from(samples, 'base64');
}

/** What a program of Debian's `flac` says of a file; `null` where it is not installed. */
export function said(program: 'flac' | 'metaflac', args: string[], file: Buffer): string | null {
  const path = join(folder(), 'a.flac');
  writeFileSync(path, file);
  try {
    return execFileSync(program, [...args, path], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
