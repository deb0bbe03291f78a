/** A whole burn on the simulated drive in the page, and what is on the disc afterwards. */
import { sha256, image } from '../src/image';
import { expect, QUICK, test } from '../src/test';

/** One that is closed, one that is formatted. */
const QUICK_DISCS = ['cd-r'];

/** A track on a CD has 300 sectors at least. */
const SECTORS = 320;

for (const [disc, name] of [['cd-r', 'CD-R'], ['cd-rw', 'CD-RW'], ['dvd-r', 'DVD-R'], ['dvd+r', 'DVD+R'], ['dvd+rw', 'DVD+RW'], ['bd-r', 'BD-R'], ['bd-re', 'BD-RE']] as const) {
  test(`burns ${name} and reads back what was sent`, QUICK_DISCS.includes(disc) ? QUICK : {}, async ({ burner }) => {
    const file = image(SECTORS, disc.length * 7 + disc.charCodeAt(3));
    await burner.simulate(disc);
    await expect(burner.medium).toContainText(name);
    await burner.image.setInputFiles(file.path);

    // The plan, before anything is written.
    await expect(burner.page.getByRole('heading', { name: 'What will happen' })).toBeVisible();
    await expect(burner.page.getByText(/A stop would/).first()).toBeVisible();
    await expect(burner.page.getByText('It fits:', { exact: false })).toBeVisible();
    await burner.burn.click();

    await expect(burner.result).toContainText('read back correctly', { timeout: 20_000 });
    await expect(burner.result).toBeFocused();
    await expect(burner.result).toContainText(file.sha256);
    await expect(burner.result).toContainText('320');
    await expect(burner.result).toContainText(/\d× on average/);
    await expect(burner.page).toHaveTitle('Done – webburn');

    const contents = await burner.saved();
    expect(contents.length).toBeGreaterThanOrEqual(file.length);
    expect(sha256(contents.subarray(0, file.length))).toBe(file.sha256);
  });
}

test('the disc is seen before and after: blank, then with data, then out of the drive', async ({ burner }) => {
  await burner.simulate('bd-r');
  await expect(burner.heading('Blank BD-R')).toBeVisible();
  await burner.image.setInputFiles(image(64).path);
  await burner.page.getByRole('checkbox', { name: /Close the disc/ }).check();
  await expect(burner.page.getByText('Nothing can be added later.', { exact: false }).first()).toBeVisible();
  await burner.burn.click();
  await expect(burner.result).toContainText('closed');
  await expect(burner.heading('BD-R, closed')).toBeVisible();
  await burner.eject.click();
  await expect(burner.heading('No disc')).toBeVisible();
});

test('every field of the state is told by its IMAPI2 name', async ({ burner }) => {
  await burner.simulate('cd-r');
  await burner.medium.getByText('Full state').click();
  for (const name of ['CurrentPhysicalMediaType', 'CurrentMediaStatus', 'WriteProtectStatus', 'TotalSectorsOnMedia', 'FreeSectorsOnMedia', 'NextWritableAddress']) {
    await expect(burner.medium.getByText(name, { exact: true })).toBeVisible();
  }
  for (const fact of ['Free', 'Total', 'Next writable', 'Last written', 'Write unit', 'Speeds', 'Maker']) {
    await expect(burner.medium.getByText(fact, { exact: true }).first()).toBeVisible();
  }
});

test('a second session goes behind the first', async ({ burner }) => {
  const first = image(400, 11);
  const second = image(350, 12);
  await burner.simulate('cd-r');
  await burner.image.setInputFiles(first.path);
  await burner.burn.click();
  await expect(burner.result).toContainText('read back correctly');
  await burner.page.getByRole('button', { name: 'Burn another' }).click();
  await expect(burner.heading('CD-R, appendable')).toBeVisible();
  await burner.image.setInputFiles(second.path);
  await burner.burn.click();
  await expect(burner.result).toContainText(second.sha256);
});

test('a disc with data is overwritten only when that was asked for', async ({ burner }) => {
  const file = image(256, 5);
  await burner.simulate('dvd+rw:recorded');
  await burner.image.setInputFiles(file.path);
  await expect(burner.page.getByRole('alert')).toContainText('This disc holds data.');
  await expect(burner.burn).toBeDisabled();
  await burner.page.getByRole('checkbox', { name: 'Replace what is on the disc' }).check();
  await burner.burn.click();
  await expect(burner.result).toContainText(file.sha256);
  expect(sha256((await burner.saved()).subarray(0, file.length))).toBe(file.sha256);
});

test('without verifying, the verdict does not claim it', async ({ burner }) => {
  await burner.simulate('dvd+r');
  await burner.image.setInputFiles(image(64).path);
  await burner.page.getByRole('checkbox', { name: 'Verify' }).uncheck();
  await burner.burn.click();
  await expect(burner.result).toContainText('It was not read back.');
});
