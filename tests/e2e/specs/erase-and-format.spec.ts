/** Erasing and formatting from the page: what is said beforehand, meanwhile and afterwards, and what the disc then is. */
import { image } from '../src/image';
import { expect, QUICK, test } from '../src/test';

test('a CD-RW is erased: asked, told what is lost, done, burnt again', QUICK, async ({ burner, page }) => {
  await burner.simulate('cd-rw:recorded');
  await expect(burner.heading('CD-RW, closed')).toBeVisible();
  const dialog = await burner.ask('Erase disc…');
  await expect(dialog).toHaveAccessibleName('Erase this CD-RW?');
  await expect(dialog).toHaveAccessibleDescription(/holds one session.*All of it is lost, and that cannot be undone/);
  await expect(dialog.getByRole('button', { name: 'Leave the disc as it is' })).toBeFocused();
  await expect(dialog.getByRole('radio', { name: 'Quick', exact: true })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: 'Full', exact: true })).toHaveAccessibleDescription(/Takes about \d+.min/);
  await expect(dialog).toContainText('it cannot be stopped');

  // Asked, not done.
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Erase disc…' })).toBeFocused();
  await expect(burner.heading('CD-RW, closed')).toBeVisible();

  await burner.go(await burner.ask('Erase disc…'));
  await expect(burner.result).toContainText('Erased.');
  await expect(burner.result).toContainText('Blank CD-RW.');
  await expect(burner.result).toBeFocused();
  await expect(page).toHaveTitle('Erased – webburn');
  await burner.back();
  await expect(burner.heading('Blank CD-RW')).toBeVisible();

  const file = image(320, 21);
  await burner.image.setInputFiles(file.path);
  await burner.burn.click();
  await expect(burner.result).toContainText(file.sha256);
});

test('a format of all of a DVD+RW is stopped, taken up again, and ended', async ({ burner, page }) => {
  await burner.simulate('dvd+rw', 'faster');
  const dialog = await burner.ask('Format disc…');
  await expect(dialog).toContainText('nothing is lost');
  await dialog.getByRole('checkbox', { name: 'Wait until all of the disc is formatted' }).check();
  await expect(dialog).toContainText('It can be stopped');
  await dialog.getByRole('button', { name: 'Format disc' }).click();

  const progress = page.getByRole('progressbar', { name: 'Format progress' });
  await expect(progress).toHaveAttribute('aria-valuetext', /Formatting the disc, \d+ percent/, { timeout: 20_000 });
  await expect(burner.drive).toBeDisabled();
  await burner.stop.click();
  const stop = page.getByRole('alertdialog', { name: 'Stop formatting?' });
  await expect(stop).toContainText('finishes this DVD+RW for use');
  await expect(stop.getByRole('button', { name: 'Keep formatting' })).toBeFocused();
  await stop.getByRole('button', { name: 'Stop formatting' }).click();
  await expect(burner.result).toContainText('Stopped, as you asked.', { timeout: 20_000 });
  await expect(burner.result).toContainText('formatted in part');
  await burner.back();
  await expect(burner.heading('DVD+RW, formatted in part')).toBeVisible();

  await burner.pace.selectOption('instant');
  const again = await burner.ask('Format disc…');
  await expect(again).toHaveAccessibleName('Go on formatting this DVD+RW?');
  await expect(again.getByRole('radio', { name: 'Go on formatting' })).toBeChecked();
  await burner.go(again);
  await expect(burner.result).toContainText('DVD+RW, being formatted.');
  await burner.back();
  const end = await burner.ask('Format disc…');
  await expect(end.getByRole('radio', { name: 'Stop formatting' })).toBeChecked();
  await burner.go(end);
  await expect(burner.result).toContainText('Formatting ended.');
});

for (const [disc, full, held, after] of [
  ['cd-rw:recorded', true, 'one session', 'Blank CD-RW'],
  ['cd-rw:damaged', false, 'one session', 'Blank CD-RW'],
  ['dvd-rw:recorded', false, 'one session', 'Blank DVD-RW'],
  ['dvd-rw-ro:recorded', true, 'data', 'Blank DVD-RW'],
  ['dvd+rw:recorded', false, 'data', 'DVD+RW, ready'],
  ['dvd+rw-dl:format-stopped', false, 'data', 'DVD+RW DL, ready'],
  ['dvd-ram:recorded', false, 'data', 'DVD-RAM, ready'],
  ['bd-re-tl:recorded', false, 'data', 'BD-RE TL, ready'],
] as const) {
  test(`${full ? 'full' : 'quick'} erase of ${disc}`, async ({ burner }) => {
    await burner.simulate(disc);
    const dialog = await burner.ask('Erase disc…');
    await expect(dialog).toHaveAccessibleDescription(new RegExp(`holds ${held}.*All of it is lost`));
    if (full) await dialog.getByRole('radio', { name: 'Full', exact: true }).check();
    await burner.go(dialog);
    await expect(burner.result).toContainText(full ? 'Erased. What was on the disc is gone.' : 'Erased. The disc counts as blank again.');
    await expect(burner.result).toContainText(after);
    await burner.back();
    await expect(burner.heading(after)).toBeVisible();
  });
}

for (const { disc, goal, spare, full, after } of [
  { disc: 'dvd-rw', goal: 'For overwriting', after: 'DVD-RW (restricted overwrite), ready' },
  { disc: 'dvd-rw:recorded', goal: 'For overwriting', full: 'Format every sector', after: 'DVD-RW (restricted overwrite), ready' },
  { disc: 'dvd-rw-ro:recorded', goal: 'In sessions', after: 'Blank DVD-RW' },
  { disc: 'dvd-ram:recorded', spare: 'none', full: 'Format every sector', after: 'DVD-RAM, ready' },
  { disc: 'bd-re', spare: 'most', after: 'BD-RE, ready' },
  { disc: 'bd-re:recorded', spare: 'none', after: 'BD-RE, ready' },
  { disc: 'bd-re-dl', full: 'Try every place on the disc (certify)', after: 'BD-RE DL, ready' },
  { disc: 'bd-r', goal: 'With spare room', spare: 'least', after: 'Blank BD-R' },
  { disc: 'bd-r', goal: 'With spare room, replaceable', after: 'Blank BD-R' },
  { disc: 'bd-r-ql', goal: 'Random recording', after: 'ready' },
] as { disc: string; goal?: string; spare?: string; full?: string; after: string }[]) {
  test(`format of ${[disc, goal, spare, full].filter((word) => word !== undefined).join(', ')}`, async ({ burner }) => {
    await burner.simulate(disc);
    const dialog = await burner.ask('Format disc…');
    if (goal !== undefined) await dialog.getByRole('radio', { name: goal, exact: true }).check();
    if (spare !== undefined) await dialog.getByRole('combobox', { name: 'Room for bad places' }).selectOption(spare);
    if (full !== undefined) await dialog.getByRole('checkbox', { name: full }).check();
    await burner.go(dialog);
    await expect(burner.result).toContainText('Formatted.');
    await expect(burner.result).toContainText(after);
    await burner.back();
    const file = image(320, 33);
    await burner.image.setInputFiles(file.path);
    await burner.burn.click();
    await expect(burner.result).toContainText(file.sha256, { timeout: 20_000 });
  });
}

test('a spare size of one’s own: refused with what the drive takes, then taken', async ({ burner }) => {
  await burner.simulate('bd-re');
  const dialog = await burner.ask('Format disc…');
  await dialog.getByRole('combobox', { name: 'Room for bad places' }).selectOption({ label: 'Another size…' });
  const size = dialog.getByRole('spinbutton', { name: 'Size in MB' });
  await size.fill('9000');
  await size.press('Tab');
  await expect(dialog).toContainText(/The drive sets aside .* to .* of this disc for bad places/);
  await expect(dialog.getByRole('button', { name: 'Format disc' })).toBeDisabled();
  await size.fill('600');
  await size.press('Tab');
  await expect(dialog).toContainText('24.4\u00a0GB for data.');
  await burner.go(dialog);
  await expect(burner.result).toContainText('BD-RE, ready. 24.4\u00a0GB');
});

test('a full erase that writes zeros is stopped: the truth is told', async ({ burner, page }) => {
  await burner.simulate('dvd+rw:recorded', 'faster');
  const dialog = await burner.ask('Erase disc…');
  await dialog.getByRole('radio', { name: 'Full', exact: true }).check();
  await expect(dialog).toContainText('what is erased by then stays erased');
  await dialog.getByRole('button', { name: 'Erase disc' }).click();
  await expect(page.getByRole('progressbar', { name: 'Erase progress' })).toHaveAttribute('aria-valuetext', /Erasing the disc, \d+ percent/, { timeout: 20_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog', { name: 'Stop erasing?' })).toContainText('What is erased stays erased');
  await page.getByRole('button', { name: 'Stop erasing' }).click();
  await expect(burner.result).toContainText('Stopped, as you asked.', { timeout: 20_000 });
  await burner.back();
  await expect(burner.page.getByRole('button', { name: 'Erase disc…' })).toBeVisible();
});

test('an erase that the drive does alone cannot be stopped, and the page says so', async ({ burner, page }) => {
  await burner.simulate('dvd-rw:recorded', 'faster');
  const dialog = await burner.ask('Erase disc…');
  await dialog.getByRole('button', { name: 'Erase disc' }).click();
  await expect(page.getByRole('progressbar', { name: 'Erase progress' })).toBeVisible();
  await expect(burner.stop).toBeDisabled();
  await expect(burner.stop).toHaveAccessibleDescription(/cannot be stopped/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(burner.result).toContainText('Erased.', { timeout: 30_000 });
});

test('discs that cannot be erased or formatted offer neither', async ({ burner, page }) => {
  await burner.simulate('cd-r:recorded');
  for (const disc of ['cd-r:recorded', 'dvd-rom:recorded', 'bd-re:protected', 'hd-dvd-rw', 'none']) {
    await burner.load(disc);
    await expect(page.getByRole('button', { name: 'Erase disc…' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Format disc…' })).toHaveCount(0);
  }
});
