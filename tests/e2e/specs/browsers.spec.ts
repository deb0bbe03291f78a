/** Browsers that can do less: each gets a sentence, not a blank page. */
import { Burner } from '../src/burner';
import { image } from '../src/image';
import { expect, QUICK, test } from '../src/test';

test('without WebUSB the page says so and works', QUICK, async ({ page, site }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'usb'));
  await page.goto(site.url);
  const burner = new Burner(page);
  await expect(page.getByText('This browser does not let pages use USB devices.', { exact: false })).toBeVisible();
  await burner.drive.selectOption({ label: 'USB drive…' });
  await expect(page.getByRole('alert')).toContainText('This browser does not let pages use USB devices.');
  await page.getByRole('button', { name: 'Try it now' }).click();
  await expect(burner.disc).toBeEnabled();
});

test('a chooser closed without a drive is explained', async ({ page, site }) => {
  await page.addInitScript(() => {
    (navigator as unknown as { usb: { requestDevice: () => Promise<never> } }).usb.requestDevice = () => Promise.reject(new DOMException('No device selected.', 'NotFoundError'));
  });
  await page.goto(site.url);
  await new Burner(page).drive.selectOption({ label: 'USB drive…' });
  await expect(page.getByRole('alert')).toContainText('Chrome hides ordinary USB disc drives from web pages');
  await expect(page.getByRole('img', { name: /direct way from this page/ })).toBeVisible();
});

test('without WebAssembly the page says what to do', async ({ page, site }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await page.goto(site.url);
  await expect(page.getByRole('alert')).toContainText('This browser cannot run the burner.');
  await expect(new Burner(page).drive).toBeDisabled();
});

test('without workers the page says what to do', async ({ page, site }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
  await page.goto(site.url);
  await expect(page.getByRole('alert')).toContainText(/This browser cannot run the burner|The burner in this page stopped/);
});

test('with reduced motion nothing moves by itself', async ({ page, burner }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await burner.simulate('cd-r', 'faster');
  await burner.image.setInputFiles(image(24_000, 2).path);
  await burner.slowly();
  await burner.burn.click();
  await expect(burner.progress).toHaveAttribute('aria-valuetext', /Writing, \d+ percent/);
  const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length);
  expect(moving).toBe(0);
});
