/** The page as a person meets it: by role and name only. */
import { readFileSync } from 'node:fs';
import { expect, type Download, type Locator, type Page } from '@playwright/test';

export const PAGE_SIM = 'Simulated drive (in this page)';

export class Burner {
  readonly drive: Locator;
  readonly disc: Locator;
  readonly pace: Locator;
  readonly medium: Locator;
  readonly image: Locator;
  readonly burn: Locator;
  readonly progress: Locator;
  readonly stop: Locator;
  readonly result: Locator;
  readonly save: Locator;
  readonly eject: Locator;

  constructor(readonly page: Page) {
    this.drive = page.getByRole('combobox', { name: 'Drive', exact: true });
    this.disc = page.getByRole('combobox', { name: 'Disc in the simulated drive' });
    this.pace = page.getByRole('combobox', { name: 'Pace' });
    this.medium = page.getByRole('region', { name: 'Medium' });
    this.image = page.getByLabel('Disc image', { exact: true });
    this.burn = page.getByRole('button', { name: 'Burn disc' });
    this.progress = page.getByRole('progressbar', { name: 'Burn progress' });
    this.stop = page.getByRole('button', { name: 'Stop…' });
    this.result = page.getByRole('status', { name: 'Result' });
    this.save = page.getByRole('button', { name: 'Save disc contents' });
    this.eject = page.getByRole('button', { name: 'Eject' });
  }

  heading(name: string | RegExp): Locator {
    return this.medium.getByRole('heading', { name });
  }

  /** The simulated drive in the page, with this disc in it. */
  async simulate(disc: string, pace: 'real' | 'faster' | 'instant' = 'instant'): Promise<void> {
    await this.drive.selectOption({ label: PAGE_SIM });
    await expect(this.disc).toBeEnabled();
    await this.pace.selectOption(pace);
    await this.load(disc);
  }

  async load(disc: string): Promise<void> {
    await this.disc.selectOption(disc);
    await expect(this.disc).toBeEnabled();
    await expect(this.medium).toHaveAttribute('aria-busy', 'false');
  }

  /** The dialog that a button of the region Medium opens: what would be done to the disc, with a plan made for it. */
  async ask(button: 'Erase disc…' | 'Format disc…'): Promise<Locator> {
    await this.medium.getByRole('button', { name: button }).click();
    const dialog = this.page.getByRole('alertdialog');
    await expect(dialog.getByRole('button', { name: /^(Erase|Format|Stop)/ })).toBeEnabled();
    return dialog;
  }

  /** Does what the dialog asks about, and waits for the verdict. */
  async go(dialog: Locator): Promise<void> {
    const button = dialog.getByRole('button', { name: /^(Erase disc|Format disc|Stop formatting)$/ });
    await expect(button).toBeEnabled();
    await button.click();
    await expect(this.result).toBeVisible({ timeout: 30_000 });
  }

  /** From a verdict back to the disc. */
  async back(): Promise<void> {
    await this.page.getByRole('button', { name: 'Back to the disc' }).click();
    await expect(this.medium).toHaveAttribute('aria-busy', 'false');
  }

  /** The lowest speed that the disc offers: for tests that want to see a burn running. */
  async slowly(): Promise<void> {
    const speed = this.page.getByRole('combobox', { name: 'Speed' });
    await speed.selectOption({ index: (await speed.locator('option').count()) - 1 });
  }

  /** A drive of the bridge, the n-th of the same name. */
  async bridged(n = 0): Promise<void> {
    const options = this.drive.locator('option[value^="bridge:"]');
    await expect(options.nth(n)).toBeAttached();
    await this.drive.selectOption((await options.nth(n).getAttribute('value')) ?? '');
  }

  /** What a computer reads from the disc. */
  async saved(): Promise<Buffer> {
    const coming = this.page.waitForEvent('download');
    const asks = (await this.save.textContent())?.includes('…') === true;
    await this.save.click();
    // Of a CD it is asked what to save; its data comes first.
    if (asks) await this.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    return readFileSync(await (await coming).path());
  }

  /** The dialog that asks what to save from a CD, once the drive has told what lies on it. */
  async askToSave(): Promise<Locator> {
    await this.save.click();
    const dialog = this.page.getByRole('dialog', { name: 'Save from this CD' });
    await expect(dialog.getByRole('group', { name: 'What to save' })).toBeVisible();
    return dialog;
  }

  /** Presses Save, and gives the files that come, by name. */
  async savedFiles(dialog: Locator, count: number): Promise<Map<string, Buffer>> {
    const came: Download[] = [];
    const listen = (download: Download) => void came.push(download);
    this.page.on('download', listen);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(() => came.length, { timeout: 20_000 }).toBe(count);
    this.page.off('download', listen);
    const files = await Promise.all(came.map(async (one) => [one.suggestedFilename(), readFileSync(await one.path())] as const));
    return new Map(files);
  }
}
