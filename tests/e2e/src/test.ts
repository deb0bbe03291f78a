/** `test` with a static site and a bridge for each worker, and the page opened for each test. */
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { startBridge, type Bridge } from './bridge';
import { Burner } from './burner';
import { serve, type Site } from './site';

export { expect } from '@playwright/test';

/** Of the tests that every run of the checks includes; the others run in the longer suites. */
export const QUICK = { tag: '@quick' };

/** Discs in the shared bridge's drives, one drive each. */
export const BRIDGE_DISCS = ['cd-r', 'dvd+r', 'dvd+rw', 'bd-r'] as const;

interface ForWorker {
  site: Site;
  bridge: Bridge;
}

interface ForTest {
  /** At the static site: no bridge. */
  burner: Burner;
  /** Fails the test when the page throws. */
  faultless: void;
}

export const test = base.extend<ForTest, ForWorker>({
  site: [
    async ({}, use) => {
      const site = await serve(join(import.meta.dirname, '../../../web/dist'));
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  bridge: [
    async ({}, use) => {
      const bridge = await startBridge({ media: [...BRIDGE_DISCS] });
      await use(bridge);
      await bridge.kill();
    },
    { scope: 'worker' },
  ],
  faultless: [
    async ({ page }, use) => {
      const thrown: string[] = [];
      page.on('pageerror', (error) => thrown.push(String(error)));
      await use();
      if (thrown.length > 0) throw new Error(`the page threw: ${thrown.join('; ')}`);
    },
    { auto: true },
  ],
  burner: async ({ page, site }, use) => {
    await page.goto(site.url);
    await use(new Burner(page));
  },
});
