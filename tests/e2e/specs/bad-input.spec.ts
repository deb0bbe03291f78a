/** Bad input gets a clear sentence and costs no disc. */
import { appendFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Burner } from '../src/burner';
import { folder } from '../src/folder';
import { bytes, file, image } from '../src/image';
import { expect, test } from '../src/test';

/** Refused in words beside the button, and the disc is still blank. */
async function refused(burner: Burner, sentence: string | RegExp, blank = 'Blank CD-R'): Promise<void> {
  await expect(burner.page.getByRole('alert')).toContainText(sentence);
  await expect(burner.burn).toBeDisabled();
  await expect(burner.burn).toHaveAccessibleDescription(/\S/);
  await expect(burner.heading(blank)).toBeVisible();
}

test('an image that is not a whole number of sectors', async ({ burner }) => {
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(file(1_000_001).path);
  await refused(burner, /not a whole number of sectors.*488 sectors of 2048 bytes and 577 bytes more/s);
});

test('an empty image', async ({ burner }) => {
  await burner.simulate('cd-r');
  await burner.image.setInputFiles({ name: 'empty.iso', mimeType: '', buffer: Buffer.alloc(0) });
  await refused(burner, 'The image is empty.');
});

test('an image larger than the disc', async ({ burner }) => {
  await burner.simulate('cd-r');
  // A file of 800 MB that takes no room: the browser is told its size and nothing reads it.
  const path = join(folder(), 'large.iso');
  writeFileSync(path, '');
  truncateSync(path, 800_000 * 1024);
  await burner.image.setInputFiles(path);
  await refused(burner, 'The image does not fit on this disc.');
  await expect(burner.page.getByText(/too much/)).toBeVisible();
  unlinkSync(path);
});

test('no disc in the drive', async ({ burner }) => {
  await burner.simulate('none');
  await burner.image.setInputFiles(image(16).path);
  await expect(burner.burn).toBeDisabled();
  await expect(burner.burn).toHaveAccessibleDescription('Put in a disc first.');
  await expect(burner.heading('No disc')).toBeVisible();
});

test('a closed disc', async ({ burner }) => {
  await burner.simulate('cd-r:recorded');
  await burner.image.setInputFiles(image(16).path);
  await expect(burner.heading('CD-R, closed')).toBeVisible();
  await expect(burner.burn).toBeDisabled();
  await expect(burner.page.getByRole('alert')).toContainText('closed: it can be read, not written');
});

test('an image that is deleted after it was chosen', async ({ burner }) => {
  const path = join(folder(), 'gone.iso');
  writeFileSync(path, bytes(2048 * 400, 2));
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(path);
  await expect(burner.burn).toBeEnabled();
  await expect(burner.page.getByText('The image can be read.')).toBeVisible();
  unlinkSync(path);
  await burner.burn.click();
  await expect(burner.result).toContainText(/The image (cannot be read|changed while it was used)/);
  await expect(burner.result).toContainText('Nothing was written.');
  await expect(burner.heading('Blank CD-R')).toBeVisible();
});

for (const [what, change] of [
  ['shrinks', (path: string) => truncateSync(path, 2048 * 100)],
  ['grows', (path: string) => appendFileSync(path, Buffer.alloc(4096))],
  ['changes', (path: string) => writeFileSync(path, bytes(2048 * 400, 99))],
] as const) {
  test(`an image that ${what} after it was chosen`, async ({ burner }) => {
    const path = join(folder(), 'changing.iso');
    writeFileSync(path, bytes(2048 * 400, 2));
    await burner.simulate('dvd+r');
    await burner.image.setInputFiles(path);
    await expect(burner.burn).toBeEnabled();
    await expect(burner.page.getByText('The image can be read.')).toBeVisible();
    // A change within the same tick of the file system's clock cannot be seen by any program.
    await burner.page.waitForTimeout(20);
    change(path);
    await burner.burn.click();
    await expect(burner.result).toContainText(/The image (changed|became|cannot be read)/);
    await expect(burner.result).toContainText('Nothing was written.');
    await expect(burner.heading('Blank DVD+R')).toBeVisible();
    unlinkSync(path);
  });
}

test('an image that changes while it burns', async ({ burner }) => {
  const path = join(folder(), 'changing.iso');
  writeFileSync(path, bytes(2048 * 24_000, 2));
  await burner.simulate('cd-r', 'faster');
  await burner.image.setInputFiles(path);
  await burner.slowly();
  await expect(burner.burn).toBeEnabled();
  await burner.burn.click();
  await expect(burner.progress).toHaveAttribute('aria-valuetext', /Writing, ([5-9]|\d\d) percent/);
  truncateSync(path, 2048 * 12_000);
  await expect(burner.result).toContainText(/The image (changed|became|cannot be read)/);
  await expect(burner.page.getByText('Nothing was written.', { exact: true })).toHaveCount(0);
  await expect(burner.page.getByRole('heading', { name: 'Not on the disc' })).toBeVisible();
  unlinkSync(path);
});
