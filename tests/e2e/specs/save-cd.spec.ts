/** Saving CDs: tracks, data, the whole disc; compared with what was burnt. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startBridge } from '../src/bridge';
import { Burner } from '../src/burner';
import { files, mixed, SECTOR } from '../src/cd';
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
