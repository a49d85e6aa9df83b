import { defineConfig } from '@playwright/test';

// The address of a running `jieli dev --demo`; scripts/with-stack.sh starts one and sets it.
const baseURL = process.env.JIELI_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  testDir: 'e2e',
  // One stack, one data set: the tests follow one another.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    baseURL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    // Nothing moves: a click need not wait until something stands still.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    // A trace films every step, which doubles the time on a machine without a graphics card.
    trace: process.env.JIELI_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.JIELI_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
});
