/** The same through the bridge: the page that it serves, a drive behind it. */
import { startBridge } from '../src/bridge';
import { Burner } from '../src/burner';
import { image, sha256, sparse } from '../src/image';
import { BRIDGE_DISCS, expect, QUICK, test } from '../src/test';

for (const [n, disc] of BRIDGE_DISCS.entries()) {
  test(`burns ${disc} by the bridge and reads back what was sent`, disc === 'dvd+rw' ? QUICK : {}, async ({ page, bridge }) => {
    const file = image(320, 40 + n);
    await page.goto(bridge.url);
    const burner = new Burner(page);
    await burner.bridged(n);
    await expect(page.getByText('Disc Bridge', { exact: true })).toBeVisible();
    await burner.load(disc);
    await burner.image.setInputFiles(file.path);
    await burner.burn.click();
    await expect(burner.result).toContainText('read back correctly', { timeout: 20_000 });
    await expect(burner.result).toContainText(file.sha256);
    expect(sha256((await burner.saved()).subarray(0, file.length))).toBe(file.sha256);
  });
}

test('a drive that another tab holds says so, and is free again when that tab is gone', async ({ page, context, bridge }) => {
  await page.goto(bridge.url);
  const mine = new Burner(page);
  await mine.bridged(0);
  await expect(mine.disc).toBeEnabled();

  const other = await context.newPage();
  await other.goto(bridge.url);
  const theirs = new Burner(other);
  await theirs.bridged(0);
  await expect(other.getByRole('alert')).toContainText(/This drive is used by/);
  await page.close();
  await other.getByRole('button', { name: 'Try again' }).click();
  await expect(theirs.disc).toBeEnabled();
});

test('the bridge is killed in the middle of a burn', QUICK, async ({ page }) => {
  const own = await startBridge({ media: ['cd-r'], pace: '10' });
  await page.goto(own.url);
  const burner = new Burner(page);
  await burner.bridged();
  await burner.image.setInputFiles(sparse(100_000));
  await burner.slowly();
  await expect(burner.burn).toBeEnabled();
  await burner.burn.click();
  await expect(burner.progress).toHaveAttribute('aria-valuetext', /Writing, ([1-9]|\d\d) percent/);
  await own.kill();
  await expect(burner.result).toContainText('The Disc Bridge does not answer any more.');
  // The three truths, and no claim about a disc that nobody can ask.
  await expect(page.getByRole('heading', { name: 'Your files' })).toBeVisible();
  await expect(page.getByText('Not known', { exact: true })).toBeVisible();
  await expect(page.getByText('Nothing was written.', { exact: true })).toHaveCount(0);
  await expect(burner.heading('CD-R, state not known')).toBeVisible();
});

test('the page goes on without the bridge that served it', async ({ page }) => {
  const own = await startBridge({ media: ['dvd+rw'] });
  await page.goto(own.url);
  const burner = new Burner(page);
  await expect(page.getByText('Simulated drive', { exact: true })).toBeVisible();
  await own.kill();
  const file = image(64, 8);
  await burner.simulate('dvd+r');
  await burner.image.setInputFiles(file.path);
  await burner.burn.click();
  await expect(burner.result).toContainText(file.sha256);
});

test('a drive that only reads is refused before anything happens', async ({ page }) => {
  const own = await startBridge({ media: ['cd-rw:recorded', 'cd-r'], drive: 'reader' });
  try {
    await page.goto(own.url);
    const burner = new Burner(page);
    await burner.bridged(0);
    await burner.image.setInputFiles(image(400).path);
    await expect(burner.burn).toBeDisabled();
    await expect(page.getByRole('alert')).toContainText('This drive reads discs and does not write them.');
    // A reader may not even know a blank disc.
    await burner.bridged(1);
    await expect(page.getByRole('alert')).toContainText(/The drive does not know this disc|This drive reads discs and does not write them/);
  } finally {
    await own.kill();
  }
});

test('a disc that is put in and taken out by hand is noticed', async ({ page }) => {
  const own = await startBridge({ media: ['none'] });
  const put = (medium: string) =>
    fetch(`${own.url}v1/drives/sim-0/medium`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', origin: new URL(own.url).origin },
      body: JSON.stringify({ medium }),
    });
  try {
    await page.goto(own.url);
    const burner = new Burner(page);
    await burner.bridged();
    await burner.image.setInputFiles(image(400).path);
    await expect(burner.heading('No disc')).toBeVisible();
    expect((await put('cd-r')).ok).toBe(true);
    await expect(burner.heading('Blank CD-R')).toBeVisible();
    await expect(burner.burn).toBeEnabled();
    expect((await put('none')).ok).toBe(true);
    await expect(burner.heading('No disc')).toBeVisible();
    await expect(burner.burn).toBeDisabled();
  } finally {
    await own.kill();
  }
});
