/** Every disc of the simulated drive: shown, planned for or refused in words, and burnt behind what is there. */
import { image, sha256 } from '../src/image';
import { expect, test } from '../src/test';

test('the list of discs is grouped, and every one is shown and planned for or refused in words', async ({ burner, page }) => {
  test.setTimeout(240_000);
  await burner.simulate('none');
  const groups = await burner.disc.locator('optgroup').evaluateAll((all) => all.map((one) => (one as HTMLOptGroupElement).label));
  expect(groups).toEqual([
    'Blank CDs', 'Blank DVDs', 'Blank Blu-ray discs', 'Blank HD DVDs',
    'CDs with data', 'DVDs with data', 'Blu-ray discs with data', 'HD DVDs with data',
    'With room for another session', 'Damaged, protected, half formatted',
  ]);
  const ids = await burner.disc.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  expect(ids.length).toBeGreaterThan(70);
  await burner.image.setInputFiles(image(10_000, 4).path);
  const why = page.locator('#why');
  for (const id of ids) {
    await burner.load(id);
    await test.step(id, async () => {
      await expect(burner.medium.getByRole('heading', { level: 2 })).toHaveText(/\S/);
      await expect(page.getByText('The plan is being made.')).toHaveCount(0);
      // What was damaged is closed first and then appended to; what is full, pressed, protected or being formatted is refused.
      const refused = /^(none|.*-rom.*|hd-dvd.*|.*:recorded|.*:protected|.*:format-.*|bd-r-rrm:appendable)$/.test(id);
      if (refused) {
        await expect(burner.burn).toBeDisabled();
        await expect(why).toHaveText(/\S.*\./);
      } else {
        await expect(burner.burn).toBeEnabled();
        await expect(page.getByRole('heading', { name: 'What will happen' })).toBeVisible();
      }
      await expect(page.locator('main')).not.toContainText(/undefined|NaN|\[object/);
    });
  }
});

test('an HD DVD says plainly that it cannot be written', async ({ burner, page }) => {
  await burner.simulate('hd-dvd-r');
  await expect(burner.heading('HD DVD-R, cannot be written')).toBeVisible();
  await expect(burner.medium).toContainText('HD DVDs can be read and cannot be written here, whatever their kind.');
  await burner.image.setInputFiles(image(64).path);
  await expect(page.getByRole('alert')).toContainText('webburn does not write HD DVD-R.');
  await expect(burner.burn).toBeDisabled();
});

for (const [disc, name] of [
  ['dvd+r-dl', 'DVD+R DL'], ['dvd-r-dl', 'DVD-R DL'], ['dvd-r-dl-lj', 'layer jump'], ['dvd+rw-dl', 'DVD+RW DL'], ['dvd-ram', 'DVD-RAM'],
  ['dvd-rw', 'DVD-RW'], ['dvd-rw-ro', 'restricted overwrite'], ['bd-r-dl', 'BD-R DL'], ['bd-r-tl', 'BD-R TL'], ['bd-r-ql', 'BD-R QL'],
  ['bd-r-pow', 'BD-R'], ['bd-r-rrm', 'random recording'], ['bd-re-dl', 'BD-RE DL'], ['bd-re-tl', 'BD-RE TL'],
] as const) {
  test(`burns ${disc} and reads back what was sent`, async ({ burner }) => {
    const file = image(320, disc.length + 40);
    await burner.simulate(disc);
    await expect(burner.heading(new RegExp(name.replace('+', '\\+')))).toBeVisible();
    await burner.image.setInputFiles(file.path);
    await burner.burn.click();
    await expect(burner.result).toContainText(file.sha256, { timeout: 20_000 });
  });
}

for (const disc of ['cd-r', 'cd-rw', 'dvd+r', 'dvd-r', 'dvd-rw', 'bd-r', 'bd-r-pow']) {
  test(`a session is added to ${disc}, and another closes it`, async ({ burner, page }) => {
    await burner.simulate(`${disc}:appendable`);
    const [second, third] = [image(320, 50), image(320, 51)];
    await burner.image.setInputFiles(second.path);
    await expect(page.getByText('It goes behind the session on the disc, which stays.')).toBeVisible();
    await expect(page.getByText('More can be added to the disc later.', { exact: false }).first()).toBeVisible();
    await burner.burn.click();
    await expect(burner.result).toContainText(second.sha256, { timeout: 20_000 });
    await page.getByRole('button', { name: 'Burn another' }).click();
    await expect(burner.medium).toContainText('Holds 2 sessions');

    await burner.image.setInputFiles(third.path);
    await page.getByRole('checkbox', { name: /Close the disc/ }).check();
    await expect(page.getByText('It goes behind the 2 sessions on the disc, which stay.')).toBeVisible();
    await expect(page.getByText('Nothing can be added later.', { exact: false }).first()).toBeVisible();
    await burner.burn.click();
    await expect(burner.result).toContainText(third.sha256, { timeout: 20_000 });
    await expect(burner.result).toContainText('closed');
    await page.getByRole('button', { name: 'Burn another' }).click();
    await expect(burner.heading(/closed/)).toBeVisible();
  });
}

test('a BD-R for pseudo-overwrite: what is on it is replaced', async ({ burner, page }) => {
  await burner.simulate('bd-r-pow:appendable');
  const file = image(320, 60);
  await burner.image.setInputFiles(file.path);
  await page.getByRole('checkbox', { name: 'Replace what is on the disc' }).check();
  await expect(page.getByText('What is on the disc now is lost.')).toBeVisible();
  await burner.burn.click();
  // Written in two parts, the second one first: there is no digest of the whole, every piece was compared.
  await expect(burner.result).toContainText('read back correctly', { timeout: 20_000 });
  const contents = await burner.saved();
  expect(sha256(contents.subarray(0, file.length))).toBe(file.sha256);
});
