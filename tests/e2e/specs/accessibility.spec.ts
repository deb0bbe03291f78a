/** axe finds nothing to say, in light and dark, wide and narrow, in every screen of a burn. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { file, image, sparse } from '../src/image';
import { expect, QUICK, test } from '../src/test';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Everything in light; in dark what can differ there: the colours. */
async function clean(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // No frames here: the simpler way of running it is twice as fast.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
    const { violations } = await (colorScheme === 'light' ? axe.withTags(STANDARD) : axe.withRules(['color-contrast'])).analyze();
    expect(violations.map((v) => `${where}, ${colorScheme}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([]);
  }
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider, `${where} is wider than the window`).toBeLessThanOrEqual(0);
}

test('the plan of a burn', QUICK, async ({ page, burner }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(image(64, 3).path);
  await expect(burner.burn).toBeEnabled();
  await clean(page, 'plan');
});

for (const width of [1280, 360]) {
  test(`before a burn, ${width} px`, async ({ page, burner }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await clean(page, 'first visit');
    await burner.simulate('cd-r');
    await burner.medium.getByText('Full state').click();
    await clean(page, 'blank disc');
    await burner.image.setInputFiles(file(1_000_001).path);
    await expect(page.getByRole('alert')).toBeVisible();
    await clean(page, 'refused image');
    await burner.image.setInputFiles(image(64, 3).path);
    await expect(burner.burn).toBeEnabled();
    await clean(page, 'plan');
    await page.keyboard.press('Control+l');
    await expect(page.getByRole('complementary', { name: 'Activity' })).toBeVisible();
    await clean(page, 'activity');
  });

  test(`erasing and formatting, ${width} px`, async ({ page, burner }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await burner.simulate('dvd+rw:recorded', 'faster');
    const erase = await burner.ask('Erase disc…');
    await clean(page, 'erase dialog');
    await erase.getByRole('radio', { name: 'Full', exact: true }).check();
    await erase.getByRole('button', { name: 'Erase disc' }).click();
    await expect(page.getByRole('progressbar', { name: 'Erase progress' })).toHaveAttribute('aria-valuetext', /percent/, { timeout: 20_000 });
    await clean(page, 'erasing');
    await burner.stop.click();
    await clean(page, 'stop erasing');
    await page.getByRole('button', { name: 'Stop erasing' }).click();
    await expect(burner.result).toBeVisible();
    await clean(page, 'erase stopped');
    await burner.back();
    await burner.pace.selectOption('instant');
    for (const disc of ['bd-r', 'dvd+rw:format-running', 'bd-re-dl']) {
      await burner.load(disc);
      await burner.ask('Format disc…');
      await clean(page, `format dialog of ${disc}`);
      await page.keyboard.press('Escape');
    }
  });

  test(`during and after a burn, ${width} px`, async ({ page, burner }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await burner.simulate('cd-r', 'faster');
    await burner.image.setInputFiles(sparse(300_000));
    await burner.slowly();
    await burner.burn.click();
    await expect(burner.progress).toHaveAttribute('aria-valuetext', /Writing, \d+ percent/);
    await clean(page, 'burning');
    await burner.stop.click();
    await clean(page, 'stop dialog');
    await page.getByRole('button', { name: 'Stop writing' }).click();
    await expect(burner.result).toBeVisible();
    await clean(page, 'stopped');
    await page.getByRole('button', { name: 'Burn another' }).click();
    await burner.pace.selectOption('instant');
    await burner.load('bd-r');
    await burner.image.setInputFiles(image(64, 3).path);
    await burner.burn.click();
    await expect(burner.result).toContainText('read back correctly');
    await clean(page, 'verified');
  });
}
