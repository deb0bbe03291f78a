/** Stop: what it means is told beforehand, and the disc's true state afterwards. */
import { image, sparse } from '../src/image';
import { expect, QUICK, test } from '../src/test';

test('stopping a CD-R uses it up, and the page said so', QUICK, async ({ burner, page }) => {
  await burner.simulate('cd-r', 'faster');
  await burner.image.setInputFiles(sparse(100_000));
  await burner.slowly();
  await expect(page.getByText(/A stop would use up/).first()).toBeVisible();
  await burner.burn.click();
  await expect(burner.progress).toHaveAttribute('aria-valuetext', /Writing, ([1-9]|\d\d) percent/);

  await expect(page).toHaveTitle(/^\d+ % – Burning$/);
  await burner.stop.click();
  const dialog = page.getByRole('alertdialog', { name: 'Stop writing?' });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('CD-R');
  await expect(dialog.getByRole('button', { name: 'Keep burning' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Stop writing' }).click();

  await expect(burner.result).toContainText('Stopped, as you asked.');
  await expect(burner.result).toContainText('Your image is untouched.');
  await expect(burner.result).toBeFocused();
  await expect(page).toHaveTitle('Stopped – webburn');
});

test('Escape asks, Escape goes on, and the burn comes to its end', async ({ burner, page }) => {
  const file = image(5_000, 6);
  await burner.simulate('cd-r', 'faster');
  await burner.image.setInputFiles(file.path);
  await burner.slowly();
  await burner.burn.click();
  await expect(burner.progress).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await burner.pace.waitFor({ state: 'detached' });
  await expect(burner.result).toContainText(file.sha256, { timeout: 25_000 });
});

test('a stopped DVD+RW can be written again', async ({ burner, page }) => {
  await burner.simulate('dvd+rw', 'faster');
  // Bytes, not zeros: a disc of zeros looks blank, and nothing would have to be replaced.
  await burner.image.setInputFiles(image(48_000, 9).path);
  await burner.slowly();
  await expect(page.getByText('A stop costs nothing', { exact: false })).toBeVisible();
  await burner.burn.click();
  await expect(burner.progress).toHaveAttribute('aria-valuetext', /Writing, ([1-9]|\d\d) percent/);
  await burner.stop.click();
  await page.getByRole('button', { name: 'Stop writing' }).click();
  await expect(burner.result).toContainText('Stopped, as you asked.');
  await page.getByRole('button', { name: 'Burn another' }).click();
  await burner.pace.selectOption('instant');
  const again = image(128, 10);
  await burner.image.setInputFiles(again.path);
  await page.getByRole('checkbox', { name: 'Replace what is on the disc' }).check();
  await burner.burn.click();
  await expect(burner.result).toContainText(again.sha256);
});
