/** Audio CDs: files listed, arranged, burnt, compared track by track. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { files, wave } from '../src/cd';
import { expect, QUICK, test } from '../src/test';

/** The tab Audio CD, as a person meets it. */
class Tracks {
  readonly region: Locator;
  readonly rows: Locator;
  readonly add: Locator;
  readonly time: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Audio CD' });
    this.rows = page.getByRole('list', { name: 'Tracks' }).getByRole('listitem');
    this.add = page.getByLabel('Audio files', { exact: true });
    this.time = page.getByRole('group', { name: 'Time on the disc' });
  }

  titles(): Promise<string[]> {
    return this.rows.evaluateAll((rows) => rows.map((row) => row.querySelector('input')?.value ?? ''));
  }

  title(n: number): Locator {
    return this.page.getByLabel(`Title of track ${n}`, { exact: true });
  }

  async name(...titles: string[]): Promise<void> {
    for (const [i, title] of titles.entries()) {
      await this.title(i + 1).fill(title);
      await this.title(i + 1).blur();
    }
  }
}

test('two WAVs become an audio CD, every track as sent', QUICK, async ({ burner, page }) => {
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(files({ '1.wav': wave(4.5, 3), '2.wav': wave(4.6, 4) }));
  const tracks = new Tracks(page);
  await expect(tracks.rows).toHaveCount(2);
  await expect(tracks.time).toContainText('0:11 of 79:58 with pauses');
  await burner.burn.click();
  await expect(burner.result).toContainText('Every track was read back as sent', { timeout: 20_000 });
  await expect(burner.result).toContainText('Track 2: as sent');
});

test('tracks are named, moved by button, key and dragging, given pauses, taken away', async ({ burner, page }) => {
  await burner.simulate('cd-r');
  await page.getByRole('tab', { name: 'Audio CD' }).click();
  const tracks = new Tracks(page);
  await tracks.add.setInputFiles(files({ '10.wav': wave(4.5, 3), '2.wav': wave(5, 4), '1.wav': wave(4.2, 5) }));
  await expect(tracks.rows).toHaveCount(3);
  // In the order that a person counts.
  await expect(tracks.title(3)).toHaveAttribute('placeholder', '10');
  await tracks.name('One', 'Two', 'Ten');
  await page.getByLabel('Album').fill('Numbers');

  await page.getByRole('button', { name: 'Move track 1 down' }).click();
  expect(await tracks.titles()).toEqual(['Two', 'One', 'Ten']);
  await expect(page.getByRole('button', { name: 'Move track 2 down' })).toBeFocused();
  await tracks.title(3).focus();
  await page.keyboard.press('Alt+ArrowUp');
  expect(await tracks.titles()).toEqual(['Two', 'Ten', 'One']);
  await tracks.rows.nth(2).getByRole('button', { name: /^Track 3/ }).dragTo(tracks.rows.nth(0));
  expect(await tracks.titles()).toEqual(['One', 'Two', 'Ten']);
  await expect(page.getByText('One: now track 1 of 3.')).toBeAttached();

  await expect(tracks.time).toContainText('0:18 of 79:58 with pauses');
  await page.getByLabel('Pause before track 2, in seconds').fill('5');
  await page.getByLabel('Pause before track 2, in seconds').blur();
  await expect(tracks.time).toContainText('0:21 of');
  await expect(tracks.region).toContainText('Pauses between the tracks as listed');
  await page.getByLabel('No pauses between tracks').check();
  await expect(tracks.time).toContainText('0:14 of 79:58');
  await expect(tracks.region).toContainText('each track begins where the one before ends');
  await expect(tracks.region).toContainText('CD-Text with the album’s and all tracks’ titles and names');

  await page.getByRole('button', { name: 'Remove track 2' }).click();
  await expect(tracks.rows).toHaveCount(2);
  await tracks.add.setInputFiles(files({ 'mono.wav': wave(4.5, 8, { rate: 48_000, channels: 1 }) }));
  await expect(tracks.region).toContainText('mono.wav: converted from 48000 Hz, 16 bits, mono to 44100 Hz, 16 bits, stereo.');
  await burner.burn.click();
  await expect(burner.result).toContainText('Every track was read back as sent', { timeout: 20_000 });
  await expect(burner.result).toContainText('3 tracks · 0:13');
  await expect(burner.medium).toContainText('one session, 3 tracks');
});

test('a text that CD-Text cannot have is named, and left out', async ({ burner, page }) => {
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(files({ '1.wav': wave(4.5, 3) }));
  const tracks = new Tracks(page);
  await tracks.name('Жизнь');
  await expect(tracks.region).toContainText('The title of track 1, “Жизнь”, is left out of the CD-Text');
  await expect(burner.burn).toBeEnabled();
  await page.getByLabel('Write CD-Text').uncheck();
  await expect(tracks.region).toContainText('No CD-Text: players show track numbers only.');
  await expect(tracks.region).not.toContainText('is left out');
});

test('what cannot be a track is named with its file and place; nothing is written', async ({ burner, page }) => {
  await burner.simulate('cd-r');
  const cut = wave(10, 4).subarray(0, 900_044);
  await burner.image.setInputFiles(files({ '1.wav': wave(4.5, 3), 'cut.wav': cut, 'none.wav': 'no sound at all', 'short.wav': wave(2, 5) }));
  const tracks = new Tracks(page);
  await expect(tracks.rows).toHaveCount(4);
  await expect(tracks.rows.nth(1)).toContainText('cut.wav: it is cut off');
  await expect(tracks.rows.nth(2)).toContainText('none.wav: it is no audio file that can be decoded');
  await expect(tracks.rows.nth(3)).toContainText('short.wav: shorter than four seconds');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('cut.wav');
  await expect(burner.burn).toBeDisabled();
  await page.getByRole('button', { name: 'Remove track 2' }).click();
  await expect(alert).toContainText('none.wav');
  await page.getByRole('button', { name: 'Remove track 2' }).click();
  await expect(alert).toContainText('short.wav, track 02: it is 00:02:00 long');
  await page.getByRole('button', { name: 'Remove track 2' }).click();
  await expect(alert).toHaveCount(0);
  await expect(burner.burn).toBeEnabled();
  await expect(burner.heading('Blank CD-R')).toBeVisible();
});

test('an overlong disc and a hundredth track are refused', async ({ burner, page }) => {
  await burner.simulate('cd-r');
  const [long = ''] = files({ 'long.wav': wave(27 * 60, 3, { channels: 2 }) });
  const [short = ''] = files({ 'short.wav': wave(4.1, 3) });
  await burner.image.setInputFiles([long]);
  const tracks = new Tracks(page);
  await tracks.add.setInputFiles([long]);
  await tracks.add.setInputFiles([long]);
  await expect(tracks.rows).toHaveCount(3);
  await expect(tracks.time).toContainText('81:04 of 79:58');
  await expect(tracks.time).toContainText('1:06 too long for this disc');
  await expect(page.getByRole('alert')).toContainText('The tracks do not fit on this disc.');
  await expect(page.getByRole('alert')).toContainText('It needs 81:04; the disc has 79:58, which is 1:06 too little.');
  for (let n = 0; n < 3; n++) await page.getByRole('button', { name: 'Remove track 1' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await tracks.add.setInputFiles(Array.from({ length: 100 }, () => short));
  await expect(page.getByRole('alert')).toContainText('100 files were given; a disc has at most 99 tracks');
  await expect(burner.burn).toBeDisabled();
});

test('audio on a DVD and on a CD with data is refused in words', async ({ burner, page }) => {
  const [path = ''] = files({ '1.wav': wave(4.5, 3) });
  await burner.simulate('dvd-r');
  await burner.image.setInputFiles(path);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(burner.burn).toBeDisabled();
  await burner.load('cd-rw:recorded');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(burner.burn).toBeDisabled();
  await burner.load('cd-rw');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(burner.burn).toBeEnabled();
});

for (const [name, options] of Object.entries({
  'light and wide': { colorScheme: 'light', viewport: { width: 1280, height: 860 } },
  'dark and narrow': { colorScheme: 'dark', viewport: { width: 360, height: 780 } },
} as const)) {
  test.describe(name, () => {
    test.use(options);
    test('the tab has no barrier, and music and image wait beside each other', async ({ burner, page }) => {
      await burner.simulate('cd-r');
      await burner.image.setInputFiles(files({ '1.wav': wave(4.5, 3), '2.wav': wave(2, 4) }));
      const tracks = new Tracks(page);
      await tracks.name('Жизнь');
      await expect(tracks.region).toContainText('is left out');
      const look = () => new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect((await look()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.getByRole('tab', { name: 'Audio CD' }).focus();
      await page.keyboard.press('ArrowRight');
      await expect(page.getByRole('tab', { name: 'Image' })).toBeFocused();
      await expect(burner.burn).toBeDisabled();
      await page.keyboard.press('ArrowLeft');
      await expect(tracks.rows).toHaveCount(2);
      await page.getByRole('button', { name: 'Remove track 2' }).click();
      await expect(burner.burn).toBeEnabled();
      expect((await look()).violations).toEqual([]);
    });
  });
}

test('a burn that is stopped says what is on the disc, in minutes', async ({ burner, page }) => {
  await burner.simulate('cd-rw', 'real');
  await burner.image.setInputFiles(files({ '1.wav': wave(300, 3) }));
  await burner.slowly();
  await burner.burn.click();
  await expect(burner.progress).toHaveAttribute('aria-valuetext', /Writing, [1-9]/, { timeout: 40_000 });
  await expect(page.getByText(/\d:\d\d of 5:00/)).toBeVisible();
  await burner.stop.click();
  await page.getByRole('button', { name: 'Stop writing' }).click();
  await expect(burner.result).toContainText('Stopped, as you asked.', { timeout: 40_000 });
  await expect(burner.result).toContainText(/^.*0:\d\d had been written/);
});
