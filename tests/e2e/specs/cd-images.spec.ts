/** Images of CDs in their formats: listed, burnt, compared track by track; damaged ones refused with the disc still blank. */
import { truncateSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { clone, files, mixed, nero, SECTOR, wave } from '../src/cd';
import { alcohol, cloneOfTwo, cloneWithSub, extra, karaoke } from '../src/discs';
import { startBridge } from '../src/bridge';
import { Burner } from '../src/burner';
import { bytes } from '../src/image';
import { expect, test } from '../src/test';

const sheet = (file: string) => `FILE "${file}" BINARY\n  TRACK 01 AUDIO\n    TITLE "One"\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    INDEX 01 00:05:00\n`;

const IMAGES: [name: string, contents: Record<string, Uint8Array | string>, tracks: number][] = [
  ['CUE and BIN', { 'disc.cue': sheet('disc.bin'), 'disc.bin': bytes(900 * SECTOR, 5) }, 2],
  ['CUE and BIN, mixed mode', mixed(), 2],
  ['CUE and WAV', { 'w.cue': 'FILE "w.wav" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n', 'w.wav': wave(5, 6) }, 1],
  ['TOC and BIN', { 'd.toc': 'CD_DA\nTRACK AUDIO\nFILE "d.bin" 0\n', 'd.bin': bytes(400 * SECTOR, 7) }, 1],
  ['CCD, IMG and SUB', clone(), 2],
  ['NRG', { 'disc.nrg': nero() }, 2],
  ['MDS and MDF', alcohol(), 2],
  ['a raw BIN alone', { 'raw.bin': bytes(401 * SECTOR, 8) }, 1],
];

for (const [name, contents, tracks] of IMAGES) {
  test(`${name} burns, every track as sent`, async ({ burner, page }) => {
    await burner.simulate('cd-r');
    await burner.image.setInputFiles(files(contents));
    await expect(page.getByRole('region', { name: /Audio CD|Tracks of the image/ }).getByRole('row')).toHaveCount(tracks + 1);
    await burner.burn.click();
    await expect(burner.result).toContainText('Every track was read back as sent', { timeout: 20_000 });
    for (let n = 1; n <= tracks; n++) await expect(burner.result).toContainText(`Track ${n}: as sent`);
    await expect(burner.medium).toContainText(`one session, ${tracks === 1 ? 'one track' : `${tracks} tracks`}`);
  });
}

const RAW = 'Write raw with sub-channels';

for (const [name, contents, first] of [['a sheet', extra(), ['Track 1', 'Track 2']], ['a clone', cloneOfTwo(), ['Track 1']]] as const) {
  test(`${name} of two sessions: each planned, burnt and compared`, async ({ burner, page }) => {
    await burner.simulate('cd-r');
    await burner.image.setInputFiles(files(contents));
    for (const heading of ['Session 1 of 2', 'Session 2 of 2', 'Then, for all sessions']) await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await expect(page.getByText('The 2 sessions are written one after the other')).toBeVisible();
    // What cannot be had says why.
    await expect(page.getByLabel(RAW)).toBeDisabled();
    await expect(page.getByLabel(RAW)).toHaveAccessibleDescription(/no drive writes more than one raw/);
    await burner.burn.click();
    await expect(burner.result).toContainText('Every track was read back as sent', { timeout: 30_000 });
    await expect(burner.result.getByRole('heading', { name: /^Session/ })).toHaveText(['Session 1', 'Session 2']);
    for (const track of [...first, `Track ${first.length + 1}`]) await expect(burner.result).toContainText(`${track}: as sent`);
    await expect(burner.medium).toContainText(`2 sessions, ${first.length + 1} tracks`);
  });
}

test('a stop in the second session says what the first is worth', async ({ burner, page }) => {
  await burner.simulate('cd-rw', 'faster');
  const { 'extra.cue': sheet, 'sound.bin': sound } = extra();
  await burner.image.setInputFiles(files({ 'extra.cue': sheet ?? '', 'sound.bin': sound ?? '', 'data.iso': bytes(20_000 * 2048, 22) }));
  await burner.slowly();
  await burner.burn.click();
  await expect(page.getByText('Session 2 of 2 ·')).toBeVisible({ timeout: 50_000 });
  await expect(page.getByText('Session 1 is finished on the disc and can be read.')).toBeVisible();
  await expect(burner.progress).toHaveAttribute('aria-valuetext', /Writing, [1-9]/, { timeout: 20_000 });
  await burner.stop.click();
  await page.getByRole('button', { name: 'Stop writing' }).click();
  await expect(burner.result).toContainText('Stopped, as you asked.', { timeout: 40_000 });
  await expect(burner.result).toContainText('Session 1 is finished on the disc and can be read. Session 2 is unfinished.');
});

for (const [look, options] of Object.entries({
  'light and wide': { colorScheme: 'light', viewport: { width: 1280, height: 860 } },
  'dark and narrow': { colorScheme: 'dark', viewport: { width: 360, height: 780 } },
} as const)) {
  test.describe(look, () => {
    test.use(options);
    test('a clone is written raw when that is chosen, by key, and compared channel by channel', async ({ burner, page }) => {
      await burner.simulate('cd-r');
      await burner.image.setInputFiles(files(cloneWithSub()));
      await expect(page.getByText('The image holds graphics or text in the sub-channel (CD+G). They are written beside the sound.')).toBeVisible();
      const barriers = async () => (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations;
      await expect(page.getByLabel(RAW)).toHaveAccessibleDescription(/For karaoke discs/);
      await page.getByLabel(RAW).focus();
      await page.keyboard.press('Space');
      await expect(page.getByText('All of it is written raw in one go')).toBeVisible();
      await expect(page.getByText(/^Write \d:\d\d.*: lead-in, tracks and lead-out, each sector with its sub-channel\./)).toBeVisible();
      expect(await barriers()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await burner.burn.click();
      await expect(burner.result).toContainText('Done. The disc is written raw, with its sub-channel.', { timeout: 40_000 });
      for (const channel of ['Main channel: as sent', 'Sub-channel Q (times and codes): as sent', 'Sub-channels R to W (graphics and text): as sent']) {
        await expect(burner.result).toContainText(channel);
      }
      expect(await barriers()).toEqual([]);
      await page.getByRole('button', { name: 'Burn another' }).click();
      // The choice stays with the image, and a disc that is written is none for it.
      await expect(page.getByRole('alert')).toContainText('Something is on this disc already');
      await burner.load('dvd+r');
      await expect(page.getByRole('alert')).toContainText('This makes a CD, and the drive holds a DVD+R.');
      await expect(page.getByRole('alert')).toContainText('Nothing was written.');
    });
  });
}

test('graphics beside the sound of a sheet are written and compared', async ({ burner, page }) => {
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(files(karaoke()));
  await expect(page.getByText('They are written beside the sound.')).toBeVisible();
  await burner.burn.click();
  await expect(burner.result).toContainText('Track 2: as sent.', { timeout: 30_000 });
  await expect(burner.result).toContainText('Every track was read back as sent');
});

test('a file that goes away before the second session: what is written is told', async ({ burner, page }) => {
  await burner.simulate('cd-r', 'faster');
  // Sectors that say they are data of mode 1, in a file that is cut off while the first session is burnt.
  const { 'two.ccd': sheet, 'two.img': img, 'two.sub': sub } = cloneOfTwo();
  const paths = files({ 'two.ccd': sheet ?? '', 'two.img': img ?? '', 'two.sub': sub ?? '' });
  await burner.image.setInputFiles(paths);
  await burner.slowly();
  await burner.burn.click();
  await expect(page.getByText('Session 1 of 2 ·')).toBeVisible({ timeout: 30_000 });
  truncateSync(paths[1] ?? '', 400 * SECTOR);
  const result = page.getByRole('status', { name: 'Result' });
  await expect(result).toContainText('cannot be read', { timeout: 50_000 });
  await expect(page.getByText('Session 1 is finished on the disc and can be read.')).toBeVisible();
  await expect(page.getByText('Session 2 is unfinished.')).toBeVisible();
});

test('two sessions, a raw clone and an MDS burn by the bridge', async ({ page }) => {
  const own = await startBridge({ media: ['cd-r', 'cd-rw', 'cd-r'] });
  try {
    await page.goto(own.url);
    const burner = new Burner(page);
    const done = { timeout: 40_000 };
    for (const [drive, contents, raw, words] of [
      [0, extra(), false, 'Track 3: as sent'],
      [1, cloneWithSub(), true, 'Sub-channels R to W (graphics and text): as sent'],
      [2, alcohol(), false, 'Track 2: as sent'],
    ] as const) {
      await burner.bridged(drive);
      await burner.image.setInputFiles(files(contents));
      if (raw) await page.getByLabel(RAW).check();
      await expect(burner.burn).toBeEnabled();
      await burner.burn.click();
      await expect(burner.result).toContainText(words, done);
      await page.getByRole('button', { name: 'Burn another' }).click();
    }
  } finally {
    await own.kill();
  }
});

test('a sheet that names a missing file says so, and goes on when it is added', async ({ burner, page }) => {
  const [cue = '', bin = ''] = files({ 'disc.cue': sheet('disc.bin'), 'disc.bin': bytes(900 * SECTOR, 5) });
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(cue);
  await expect(page.getByRole('alert')).toContainText('disc.cue, line 1: the file “disc.bin” that it names is not there');
  await page.getByLabel('Missing files', { exact: true }).setInputFiles(bin);
  await expect(page.getByRole('region', { name: 'Audio CD' })).toContainText('One');
  await expect(burner.burn).toBeEnabled();
});

const DAMAGED: [name: string, contents: Record<string, Uint8Array | string>, words: string][] = [
  ['a sheet with indices out of order', { 'd.cue': `${sheet('d.bin')}    INDEX 02 00:01:00\n`, 'd.bin': bytes(900 * SECTOR, 5) }, 'd.cue, line'],
  ['a BIN that is cut off', { 'd.cue': sheet('d.bin'), 'd.bin': bytes(100 * SECTOR, 5) }, 'd.bin'],
  ['an NRG without its end', { 'disc.nrg': nero().subarray(0, -1) }, 'disc.nrg, byte 0: it does not end with'],
  ['a CCD without its sections', { 'clone.ccd': '[Disc]\r\n', 'clone.img': bytes(SECTOR, 1) }, 'clone.ccd, line 1: there is no section [CloneCD]'],
  ['an MDS that is none', { 'd.mds': 'MEDIA', 'd.mdf': bytes(SECTOR, 1) }, 'd.mds, byte 0: it does not begin with'],
  ['a CHD that is none', { 'd.chd': 'MComprH' }, 'd.chd, byte 0: it does not begin with'],
];

for (const [name, contents, words] of DAMAGED) {
  test(`${name} is refused, and the disc is blank still`, async ({ burner, page }) => {
    await burner.simulate('cd-r');
    await burner.image.setInputFiles(files(contents));
    await expect(page.getByRole('alert')).toContainText(words);
    await expect(page.getByRole('alert')).toContainText('Nothing was written.');
    await expect(burner.burn).toBeDisabled();
    await expect(burner.heading('Blank CD-R')).toBeVisible();
  });
}

test('an audio CD with CD-Text is burnt by the bridge, and the drive serves data again afterwards', async ({ page }) => {
  const own = await startBridge({ media: ['cd-rw'] });
  try {
    await page.goto(own.url);
    const burner = new Burner(page);
    await burner.bridged();
    await burner.image.setInputFiles(files({ '1.wav': wave(5, 3), '2.wav': wave(6, 4) }));
    await page.getByLabel('Title of track 1').fill('One');
    await page.getByLabel('Title of track 1').blur();
    await expect(page.getByText('Write the titles and names (CD-Text) before the first track.')).toBeVisible();
    await burner.burn.click();
    await expect(burner.result).toContainText('Every track was read back as sent', { timeout: 30_000 });
    await burner.page.getByRole('button', { name: 'Burn another' }).click();
    await expect(burner.heading(/CD-RW/)).toBeVisible();
    await burner.load('cd-rw');
    await expect(burner.burn).toBeEnabled();
    await burner.burn.click();
    await expect(burner.result).toContainText('Track 2: as sent', { timeout: 30_000 });
  } finally {
    await own.kill();
  }
});
