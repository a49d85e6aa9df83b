// Twelve people handed over on screen: from the roster through every office until the case is closed,
// then each person's page. The API is asked only who holds the next task.
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { as, type CaseView, carryParties, type Duty, dutyOf, openCases } from './support/api';
import { enter, signIn } from './support/screen';
import { SAMPLES, SUPERVISOR } from './support/world';

async function submitRoster(page: Page): Promise<string> {
  await signIn(page, 'enterprise-1-clerk-1');
  await page.getByRole('link', { name: '名册导入' }).click();
  await page.getByRole('link', { name: '上传名册' }).first().click();
  await page.locator('input[type=file]').setInputFiles(join(SAMPLES, 'roster-small-12.xlsx'));
  await page.getByRole('button', { name: '开始核验' }).click();
  await page.getByRole('button', { name: '确认申报 12 人' }).click({ timeout: 60_000 });
  await page.getByRole('dialog').getByRole('button', { name: '确认申报' }).click();
  await expect(page).toHaveURL(/\/cases\/YJ-/, { timeout: 60_000 });
  return /YJ-[A-Z0-9-]+/.exec(page.url())?.[0] ?? '';
}

/** Finds a task in the inbox and approves what the system proposes. */
async function handle(page: Page, duty: Duty): Promise<void> {
  if (duty.task.stage === 'party-check') await carryParties(duty.username);
  await page.getByRole('link', { name: duty.task.owner ? /^待办/ : /^待签收/ }).click();
  const card = page.locator(`.card[data-task="${duty.task.id}"]`);
  await card.locator('.card-body').click();
  await expect(page.locator('.case .case-number')).toContainText(duty.view.no);
  await page.getByRole('toolbar', { name: '办理操作' }).getByRole('button', { name: '同意' }).click();
  const dialog = page.getByRole('dialog', { name: '同意' });
  await dialog.getByRole('textbox').fill('已核对，同意。');
  await dialog.getByRole('button', { name: '同意', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(card).toBeHidden();
}

/** What can be signed now, by whoever may sign it. */
async function duties(no: string): Promise<Map<string, Duty[]>> {
  const supervisor = await as(SUPERVISOR);
  const found = new Map<string, Duty[]>();
  for (const open of await openCases(no, supervisor)) {
    const duty = await dutyOf(open, supervisor);
    if (duty) found.set(duty.username, [...(found.get(duty.username) ?? []), duty]);
  }
  return found;
}

test('twelve retirees are handed over by every office, on screen', async ({ page }) => {
  test.setTimeout(900_000);
  const no = await submitRoster(page);
  const supervisor = await as(SUPERVISOR);
  for (;;) {
    const view = await supervisor.get<CaseView>(`/cases/${no}`);
    if (view.state !== 'open') break;
    for (const [username, list] of await duties(no)) {
      await enter(page, username);
      await page.goto('/inbox');
      for (const duty of list) await handle(page, duty);
    }
  }

  await enter(page, 'enterprise-1-clerk-1');
  await page.goto(`/cases/${no}?tab=lines`);
  await expect(page.locator('.case-title')).toContainText('办结');
  await expect(page.getByText('已接收 12')).toBeVisible();
  const links = page.locator('td a[href^="/people/"]');
  await expect(links).toHaveCount(12);
  const addresses = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
  for (const address of addresses) {
    await page.goto(address);
    const fact = (name: string) => page.locator(`[data-fact="${name}"] dd`);
    await expect(fact('community')).toHaveText(/社区|村/);
    await expect(fact('form')).toHaveText(/^F1 /);
    await expect(fact('date')).toHaveText(/^\d{4}年\d{1,2}月\d{1,2}日$/);
  }
});
