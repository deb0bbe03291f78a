/** Saving CDs: tracks, data, the whole disc; compared with what was burnt. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { program, startBridge } from '../src/bridge';
import { Burner } from '../src/burner';
import { files, mixed, SECTOR } from '../src/cd';
import { heard, said } from '../src/flac';
import { folder } from '../src/folder';
import { bytes } from '../src/image';
import { expect, test } from '../src/test';

const SHEET = [
  'TITLE "The disc"', 'PERFORMER "Us"', 'FILE "disc.bin" BINARY',
  '  TRACK 01 AUDIO', '    TITLE "One"', '    PERFORMER "Her/Him"', '    INDEX 01 00:00:00',
  '  TRACK 02 AUDIO', '    TITLE "Two"', '    INDEX 00 00:05:00', '    INDEX 01 00:06:00', '    INDEX 02 00:08:00',
].join('\n');
const SOUND = bytes(900 * SECTOR, 21);
const disc = () => files({ 'disc.cue': SHEET, 'disc.bin': SOUND });

/** Without a picker for folders, files come as downloads; with one it is the browser's own store, where no dialog asks. */
async function folders(page: Page, are: boolean): Promise<void> {
  await page.addInitScript((there) => {
    const all = window as unknown as Record<string, unknown>;
    if (there) all['showDirectoryPicker'] = () => navigator.storage.getDirectory();
    else delete all['showDirectoryPicker'];
  }, are);
  await page.reload();
}

async function burn(burner: Burner, paths: string[]): Promise<void> {
  await burner.image.setInputFiles(paths);
  await expect(burner.burn).toBeEnabled();
  await burner.burn.click();
  await expect(burner.result).toContainText('Every track was read back as sent', { timeout: 20_000 });
}

/** From the verdict to a blank disc of the same kind. */
async function another(burner: Burner): Promise<void> {
  await burner.page.getByRole('button', { name: 'Burn another' }).click();
  await expect(burner.medium).toHaveAttribute('aria-busy', 'false');
}

/** The samples of a WAV file, and what stands before them. */
function samples(wave: Buffer): { head: string; sound: Buffer } {
  const at = wave.indexOf('data') + 8;
  expect(wave.readUInt32LE(4)).toBe(wave.length - 8);
  expect(wave.readUInt32LE(at - 4)).toBe(wave.length - at);
  return { head: wave.subarray(0, at).toString('latin1'), sound: wave.subarray(at) };
}

test('audio tracks come back as WAV with the names on the disc', async ({ burner, page }) => {
  await folders(page, false);
  await burner.simulate('cd-r');
  await burn(burner, disc());
  const dialog = await burner.askToSave();
  await expect(dialog).toContainText('Us – The disc: 2 tracks, 0:12.');
  await expect(dialog.getByRole('radio', { name: 'Every audio track' })).toBeChecked();
  const axe = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(axe.violations).toEqual([]);
  const all = await burner.savedFiles(dialog, 2);
  expect([...all.keys()]).toEqual(['01 Her - Him - One.wav', '02 Us - Two.wav']);
  const [one, two] = [...all.values()].map(samples);
  // The first ends where the second's pre-gap begins.
  expect(one?.sound.equals(SOUND.subarray(0, 375 * SECTOR))).toBe(true);
  expect(two?.sound.equals(SOUND.subarray(450 * SECTOR))).toBe(true);
  expect(one?.head).toContain('INAM\u0004\0\0\0One\0');
  expect(two?.head).toContain('ITRK\u0002\0\0\x002\0');
  await expect(burner.page.getByText(/Saved 2 files of Us - The disc/)).toBeVisible();
  // Their names are heard again.
  await another(burner);
  await page.getByRole('tab', { name: 'Audio CD' }).click();
  await page.getByLabel('Audio files', { exact: true }).setInputFiles(files(Object.fromEntries(all)));
  await expect(page.getByLabel('Title of track 1', { exact: true })).toHaveValue('One');
  await expect(page.getByLabel('Album')).toHaveValue('The disc');
});

test('audio tracks come back as FLAC, which the browser hears as what was burnt', async ({ burner, page }) => {
  await folders(page, false);
  await burner.simulate('cd-r');
  await burn(burner, disc());
  const dialog = await burner.askToSave();
  await expect(dialog).toContainText('2 WAV files of 2.12 MB in all, with the names that the disc has for them.');
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('flac');
  await expect(dialog).toContainText('2 FLAC files made of 2.12 MB');
  const axe = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(axe.violations).toEqual([]);
  const all = await burner.savedFiles(dialog, 2);
  expect([...all.keys()]).toEqual(['01 Her - Him - One.flac', '02 Us - Two.flac']);
  const [one, two] = [...all.values()] as [Buffer, Buffer];
  expect((await heard(page, one)).equals(SOUND.subarray(0, 375 * SECTOR))).toBe(true);
  expect((await heard(page, two)).equals(SOUND.subarray(450 * SECTOR))).toBe(true);
  // The witnesses also compare the checksum in the head, which only the end of the track knew.
  for (const file of [one, two]) said('flac', ['--test', '--silent', '--warnings-as-errors'], file);
  const tags = said('metaflac', ['--export-tags-to=-'], two) ?? 'TITLE=Two\nARTIST=Us\nALBUM=The disc\nTRACKNUMBER=2\n';
  for (const tag of ['TITLE=Two', 'ARTIST=Us', 'ALBUM=The disc', 'TRACKNUMBER=2']) expect(tags.split('\n')).toContain(tag);
  const samples = said('metaflac', ['--show-total-samples', '--show-sample-rate'], one);
  if (samples !== null) expect(samples.trim().split(/\s+/)).toEqual([String(375 * 588), '44100']);
  // And they are the same disc again.
  await another(burner);
  await burner.load('cd-r');
  await page.getByRole('tab', { name: 'Audio CD' }).click();
  await page.getByLabel('Audio files', { exact: true }).setInputFiles(files(Object.fromEntries(all)));
  await expect(page.getByLabel('Title of track 2', { exact: true })).toHaveValue('Two');
  await expect(page.getByLabel('Album')).toHaveValue('The disc');
});

test('one track; the dialog by keyboard, left and asked again', async ({ burner, page }) => {
  await folders(page, true);
  await burner.simulate('cd-r');
  await burn(burner, disc());
  await burner.save.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Save from this CD' });
  await expect(dialog.getByRole('radio').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(burner.save).toBeFocused();
  const again = await burner.askToSave();
  await again.getByRole('radio', { name: 'One track' }).check();
  await again.getByRole('combobox', { name: 'Track' }).selectOption({ label: '2: Two, 0:06' });
  const [name, wave] = [...(await burner.savedFiles(again, 1))][0] ?? ['', Buffer.alloc(0)];
  expect(name).toBe('02 Us - Two.wav');
  expect(samples(wave).sound.equals(SOUND.subarray(450 * SECTOR))).toBe(true);
});

test('the whole disc goes into a folder as an image, which burns the same disc again', async ({ burner, page }) => {
  await folders(page, true);
  await burner.simulate('cd-r');
  await burn(burner, disc());
  const dialog = await burner.askToSave();
  await dialog.getByRole('radio', { name: 'The whole disc' }).check();
  await expect(dialog).toContainText('a new one in it, “Us - The disc”');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/Saved 2 files of Us - The disc/)).toBeVisible({ timeout: 20_000 });
  const stored = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('Us - The disc');
    const read = async (name: string) => [...new Uint8Array(await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer())];
    return { cue: await read('Us - The disc.cue'), bin: await read('Us - The disc.bin') };
  });
  const [cue, bin] = [Buffer.from(stored.cue), Buffer.from(stored.bin)];
  expect(bin.equals(SOUND)).toBe(true);
  expect(cue.toString()).toContain('FILE "Us - The disc.bin" BINARY');
  expect(cue.toString()).toContain('INDEX 02 00:08:00');
  await another(burner);
  await burner.load('cd-r');
  await burn(burner, files({ 'Us - The disc.cue': cue, 'Us - The disc.bin': bin }));
});

test('mixed mode: the data track as ISO, and the disc as CCD, IMG and SUB', async ({ burner, page }) => {
  await folders(page, false);
  await burner.simulate('cd-r');
  const made = mixed();
  await burn(burner, files(made));
  const dialog = await burner.askToSave();
  await dialog.getByRole('radio', { name: 'One track' }).check();
  await dialog.getByRole('combobox', { name: 'Track' }).selectOption('1');
  const iso = (await burner.savedFiles(dialog, 1)).get('Track 01.iso');
  expect(iso?.subarray(0, 400 * 2048).equals(made['data.bin'] as Buffer)).toBe(true);
  const again = await burner.askToSave();
  await again.getByRole('radio', { name: 'The whole disc' }).check();
  await again.getByRole('combobox', { name: 'Image' }).selectOption('ccd');
  const image = await burner.savedFiles(again, 3);
  const [main, sub] = [image.get('Disc.img'), image.get('Disc.sub')];
  expect(main?.subarray(-350 * SECTOR).equals(made['audio.bin'] as Buffer)).toBe(true);
  expect((sub?.length ?? 0) / 96).toBe((main?.length ?? 0) / SECTOR);
  expect(image.get('Disc.ccd')?.toString()).toContain('[CloneCD]');
});

test('a track of video sectors is not cut to an ISO; the whole disc has all of it', async ({ burner, page }) => {
  await folders(page, false);
  await burner.simulate('cd-r');
  const form = (n: number) => Buffer.from([0, 0, n < 150 ? 0x08 : 0x20, 0]);
  const data = Buffer.concat(Array.from({ length: 400 }, (_, n) => Buffer.concat([form(n), form(n), bytes(2328, n)])));
  const toc = 'CD_ROM_XA\nTRACK MODE2_FORM_MIX\nDATAFILE "xa.bin"\nTRACK AUDIO\nPREGAP 00:02:00\nFILE "s.bin" 0\n';
  await burn(burner, files({ 'xa.toc': toc, 'xa.bin': data, 's.bin': bytes(350 * SECTOR, 3) }));
  const dialog = await burner.askToSave();
  await dialog.getByRole('radio', { name: 'One track' }).check();
  await dialog.getByRole('combobox', { name: 'Track' }).selectOption('1');
  await expect(dialog.getByRole('combobox', { name: 'Format' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('What lies here does not fit into an ISO file.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/Save the whole disc as BIN and CUE/)).toBeVisible();
  const again = await burner.askToSave();
  await again.getByRole('radio', { name: 'The whole disc' }).check();
  const image = await burner.savedFiles(again, 2);
  const sector = image.get('Disc.bin')?.subarray(200 * SECTOR + 16, 200 * SECTOR + 16 + 8 + 2324);
  expect(sector?.equals(data.subarray(200 * 2336, 200 * 2336 + 8 + 2324))).toBe(true);
});

test('saving can be stopped; nothing of the file stays, and the drive goes on', async ({ burner, page }) => {
  await folders(page, false);
  await burner.simulate('cd-r');
  const long = { 'long.cue': 'FILE "long.bin" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n', 'long.bin': bytes(20_000 * SECTOR, 5) };
  await burn(burner, files(long));
  const dialog = await burner.askToSave();
  // Faster than any hand: the drive in the page reads all of it in a second.
  await page.evaluate(() => {
    const watch = new MutationObserver(() => {
      const stop = [...document.querySelectorAll('button')].find((button) => button.textContent?.includes('Stop saving'));
      if (stop === undefined) return;
      watch.disconnect();
      stop.click();
    });
    watch.observe(document.body, { childList: true, subtree: true });
  });
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saving was stopped. Nothing was kept.')).toBeVisible({ timeout: 20_000 });
  await expect(burner.save).toBeEnabled();
  await burner.eject.click();
});

test('the same over the bridge', async ({ page }) => {
  const own = await startBridge({ media: ['cd-r'] });
  try {
    await page.goto(own.url);
    await folders(page, false);
    const burner = new Burner(page);
    await burner.bridged();
    await burn(burner, disc());
    const all = await burner.savedFiles(await burner.askToSave(), 2);
    expect(samples(all.get('02 Us - Two.wav') ?? Buffer.alloc(0)).sound.equals(SOUND.subarray(450 * SECTOR))).toBe(true);
  } finally {
    await own.kill();
  }
});

test('a disc of two sessions comes as a sheet with a BIN for each, which burns it again', async ({ page }) => {
  const place = folder();
  const run = (...args: string[]) => execFileSync(program(), args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  const data = bytes(400 * 2048, 32);
  const sheet = `REM SESSION 01\n${SHEET}\nREM SESSION 02\nFILE "data.iso" BINARY\n  TRACK 03 MODE1/2048\n    INDEX 01 00:00:00\n`;
  const [cue = ''] = files({ 'disc.cue': sheet, 'disc.bin': SOUND, 'data.iso': data });
  run('burn', `sim:cd-r:${join(place, 'disc.wbd')}`, cue, '--no-verify');
  const own = await startBridge({ media: [`cd-r:${join(place, 'disc.wbd')}`] });
  try {
    await page.goto(own.url);
    await folders(page, false);
    const burner = new Burner(page);
    await burner.bridged();
    const dialog = await burner.askToSave();
    await dialog.getByRole('radio', { name: 'The whole disc' }).check();
    await expect(dialog).toContainText('The disc has several sessions, of which TOC files cannot tell.');
    await expect(dialog.getByRole('combobox', { name: 'Image' }).locator('option')).toHaveText(['BIN and CUE', 'CCD, IMG and SUB']);
    const image = await burner.savedFiles(dialog, 3);
    expect([...image.keys()]).toEqual(['Us - The disc.bin', 'Us - The disc (Session 2).bin', 'Us - The disc.cue']);
    expect(image.get('Us - The disc.bin')?.equals(SOUND)).toBe(true);
    expect(image.get('Us - The disc.cue')?.toString()).toContain('REM LEAD-OUT 01:30:00\nREM SESSION 02\nREM LEAD-IN 01:00:00\nREM PREGAP 00:02:00\n');
    const paths = files(Object.fromEntries(image));
    const drive = `sim:cd-r:${join(place, 'again.wbd')}`;
    run('burn', drive, paths.at(-1) ?? '');
    run('read', drive, join(dirname(cue), 'back.iso'), '--track', '3');
    expect(readFileSync(join(dirname(cue), 'back.iso')).equals(data)).toBe(true);
  } finally {
    await own.kill();
  }
});
