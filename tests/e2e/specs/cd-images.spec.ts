/** Images of CDs in their formats: listed, burnt, compared track by track; damaged ones refused with the disc still blank. */
import { clone, files, mixed, nero, SECTOR, wave } from '../src/cd';
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
