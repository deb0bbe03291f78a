/** Audio files and images of CDs: dropped, listed, burnt, compared track by track. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { bytes } from '../src/image';
import { expect, QUICK, test } from '../src/test';

const SECTOR = 2352;

function wave(sectors: number, seed: number): Buffer {
  const samples = bytes(sectors * SECTOR, seed);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(44_100, 24);
  head.writeUInt32LE(44_100 * 4, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

function files(contents: Record<string, Buffer | string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'webburn-e2e-cd-'));
  return Object.entries(contents).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
}

test('two WAVs become an audio CD, every track as sent', QUICK, async ({ burner }) => {
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(files({ '1.wav': wave(320, 3), '2.wav': wave(330, 4) }));
  const tracks = burner.page.getByRole('region', { name: 'Audio CD' });
  await expect(tracks.getByRole('row')).toHaveCount(3);
  await expect(burner.burn).toBeEnabled();
  const axe = await new AxeBuilder({ page: burner.page }).setLegacyMode(true).analyze();
  expect(axe.violations).toEqual([]);
  await burner.burn.click();
  await expect(burner.result).toContainText('Every track was read back as sent', { timeout: 20_000 });
  await expect(burner.result).toContainText('Track 2: as sent');
});

test('a sheet with its side file burns; without it nothing is written', async ({ burner }) => {
  const sheet = 'FILE "disc.bin" BINARY\n  TRACK 01 AUDIO\n    TITLE "One"\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    INDEX 01 00:05:00\n';
  const [cue = '', bin = ''] = files({ 'disc.cue': sheet, 'disc.bin': bytes(900 * SECTOR, 5) });
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(cue);
  await expect(burner.page.getByRole('alert')).toContainText('disc.cue, line 1');
  await burner.image.setInputFiles([cue, bin]);
  await expect(burner.page.getByRole('region', { name: 'Audio CD' })).toContainText('One');
  await burner.burn.click();
  await expect(burner.result).toContainText('Every track was read back as sent', { timeout: 20_000 });
});
