// Every screen, in both languages and both widths: axe finds no serious violation.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { enter, settled, speak } from './support/screen';
import { SCREENS } from './support/screens';
import { type World, world } from './support/world';

// JIELI_SCREENS narrows them to the names it matches.
const wanted = new RegExp(process.env.JIELI_SCREENS ?? '');

let made: World;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  made = await world();
});

// Two of the four by default: each language and each width once. JIELI_AXE=all walks all four.
const walks = [
  { language: 'zh-CN', width: 1440 },
  { language: 'en', width: 390 },
  ...(process.env.JIELI_AXE === 'all'
    ? [{ language: 'zh-CN', width: 390 } as const, { language: 'en', width: 1440 } as const]
    : []),
] as const;

for (const { language, width } of walks) {
  test(`axe ${language} ${width}`, async ({ page }) => {
    test.setTimeout(1_200_000);
    await page.setViewportSize({ width, height: 900 });
    await speak(page, language);
    let signedInAs = '';
    const found: string[] = [];
    for (const screen of SCREENS.filter((each) => wanted.test(each.name))) {
      if (screen.as && screen.as !== signedInAs) {
        await enter(page, screen.as);
        signedInAs = screen.as;
      }
      await page.goto(screen.path(made));
      await settled(page);
      await screen.act?.(page);
      // Legacy mode spares a page of its own per screen, which only frames of other origins need.
      const { violations } = await new AxeBuilder({ page })
        .options({ resultTypes: ['violations'] })
        .setLegacyMode()
        .analyze();
      for (const violation of violations) {
        if (violation.impact !== 'serious' && violation.impact !== 'critical') continue;
        found.push(
          `${screen.name}: ${violation.id} – ${violation.nodes
            .map((node) => node.target.join(' '))
            .slice(0, 3)
            .join(' | ')}`,
        );
      }
    }
    expect(found).toEqual([]);
  });
}
