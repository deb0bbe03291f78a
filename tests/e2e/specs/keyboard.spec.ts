/** A whole burn without a pointer. */
import { image } from '../src/image';
import { expect, QUICK, test } from '../src/test';

test('choose, plan, burn and eject by keyboard alone', QUICK, async ({ page, burner }) => {
  const file = image(128, 21);
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(() => {
        const el = document.activeElement as HTMLElement | null;
        return el?.getAttribute('aria-label') ?? (el as HTMLInputElement | null)?.labels?.[0]?.textContent ?? el?.textContent ?? '';
      });
      if (name.test(label.trim())) return;
    }
    throw new Error(`Tab never reaches ${name}`);
  };
  await tabTo(/^Try it now$/);
  await page.keyboard.press('Enter');
  await expect(burner.disc).toBeEnabled();
  await tabTo(/^Disc in the simulated drive/);
  await page.keyboard.type('DVD+R');
  await expect(burner.medium).toHaveAttribute('aria-busy', 'false');
  await expect(burner.medium).toContainText('DVD+R');
  await burner.pace.focus();
  await page.keyboard.type('Instant');

  // The browser drops a chooser asked for while the page is busy; a person presses again.
  await expect(async () => {
    const chooser = page.waitForEvent('filechooser', { timeout: 2_000 });
    await page.keyboard.press('Control+o');
    await (await chooser).setFiles(file.path);
  }).toPass();
  await expect(burner.burn).toBeEnabled();
  await page.keyboard.press('Control+b');
  await expect(burner.burn).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(burner.result).toContainText(file.sha256);
  await expect(burner.result).toBeFocused();
  await tabTo(/^Eject$/);
  await page.keyboard.press('Enter');
  await expect(burner.heading('No disc')).toBeVisible();
});

test('help and activity open and close, and give the focus back', async ({ page, burner }) => {
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Help and shortcuts' });
  await expect(help).toContainText('Ctrl+B');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  const button = page.getByRole('button', { name: 'Activity' });
  await button.focus();
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('complementary', { name: 'Activity' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Activity' })).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(burner.drive).toBeEnabled();
});

test('a burn is announced politely, in phases and quarters', async ({ page, burner }) => {
  await burner.simulate('cd-r', 'faster');
  await burner.image.setInputFiles(image(12_000, 5).path);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const region = document.querySelector('[aria-live="polite"]');
    if (region !== null) new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await burner.burn.click();
  await expect(burner.result).toBeVisible({ timeout: 25_000 });
  const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  expect(said).toContain('Writing.');
  expect(said.some((s) => /^Writing: \d+ percent\.$/.test(s))).toBe(true);
  expect(said.filter((s) => /percent/.test(s)).every((s) => /: (0|25|50|75|100) percent/.test(s))).toBe(true);
});

test('a disc is erased by keyboard alone', async ({ burner, page }) => {
  await burner.simulate('cd-rw:recorded');
  await page.getByRole('button', { name: 'Erase disc…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Erase this CD-RW?' });
  const keep = dialog.getByRole('button', { name: 'Leave the disc as it is' });
  await expect(keep).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(dialog.getByRole('radio', { name: 'Quick', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'Full', exact: true })).toBeFocused();
  await expect(dialog.getByRole('radio', { name: 'Full', exact: true })).toBeChecked();
  await expect(dialog.getByRole('button', { name: 'Erase disc' })).toBeEnabled();
  await page.keyboard.press('Tab');
  await expect(keep).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(burner.result).toContainText('Erased. What was on the disc is gone.', { timeout: 20_000 });
  await expect(burner.result).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Eject' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(burner.heading('Blank CD-RW')).toBeVisible();
});
