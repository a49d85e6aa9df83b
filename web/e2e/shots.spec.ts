// Screenshots of every screen in both languages and both widths, for a person to look at. JIELI_SCREENS
// narrows them to the names it matches, JIELI_DARK=1 takes them in the dark theme.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { enter, settled, speak } from './support/screen';
import { SCREENS } from './support/screens';
import { type World, world } from './support/world';

const FOLDER = process.env.JIELI_SHOTS ?? join(import.meta.dirname, '../../shots');
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

const wanted = SCREENS.filter((screen) => new RegExp(process.env.JIELI_SCREENS ?? '').test(screen.name));

let made: World;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  await mkdir(FOLDER, { recursive: true });
  made = await world();
});

for (const language of ['zh-CN', 'en'] as const) {
  for (const viewport of WIDTHS) {
    test(`@shots ${language} ${viewport.width}`, async ({ page }) => {
      test.setTimeout(300_000);
      await page.setViewportSize(viewport);
      if (process.env.JIELI_DARK) await page.emulateMedia({ colorScheme: 'dark' });
      await speak(page, language);
      let signedInAs = '';
      for (const screen of wanted) {
        if (screen.as && screen.as !== signedInAs) {
          await enter(page, screen.as);
          signedInAs = screen.as;
        }
        await page.goto(screen.path(made));
        await settled(page);
        await screen.act?.(page);
        await page.screenshot({
          path: join(FOLDER, `${screen.name}-${language}-${viewport.width}.png`),
          fullPage: /sign-in|print|procedure$/.test(screen.name),
        });
      }
    });
  }
}
