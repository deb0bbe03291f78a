import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

/** Debian's Chromium, started as it must be in a sandbox that runs as root. No browser is downloaded. */
const long = process.env['WEBBURN_LONG'] !== undefined;

export default defineConfig({
  testDir: 'specs',
  outputDir: 'results',
  fullyParallel: true,
  // The page computes all the time: more workers than processors only get in each other's way.
  workers: availableParallelism(),
  // What people do most, a way each; all of them with WEBBURN_LONG.
  ...(long ? {} : { grep: /@quick/ }),
  forbidOnly: process.env['CI'] !== undefined,
  // A test that needs its second run is listed as flaky: a race, in the test or in the page, to be looked for.
  retries: long ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    actionTimeout: 10_000,
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    trace: 'off',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
