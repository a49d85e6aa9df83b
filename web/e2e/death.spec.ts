// A community reports a death on the person's page: nothing is closed, but the person's own number falls silent.
// The agency verifies it, and the pension stops; the report turns out to be wrong, and everything is restored.
import { expect, type Page, test } from '@playwright/test';
import { send } from './support/acts';
import { as } from './support/api';
import { carryDeath, today } from './support/deaths';
import { enter } from './support/screen';
import { inventedNumber } from './support/workbook';
import { carry, individual } from './support/world';

const COMMUNITY = 'community-001017-clerk-1';
/** The first day of the month after a day, as pages write it. */
function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return month === 12 ? `${year + 1}年1月1日` : `${year}年${month + 1}月1日`;
}

const fact = (page: Page, name: string) => page.locator(`[data-fact="death-${name}"]`);

test('a death is reported, verified and, being wrong, taken back whole', async ({ page }) => {
  const clerk = await as('enterprise-1-clerk-1');
  const handover = await individual(clerk, '周误报', inventedNumber(451));
  await carry(handover, () => false);
  const found = await (await as(COMMUNITY)).get<{ items: { id: string }[] }>(
    `/people?q=${encodeURIComponent('周误报')}`,
  );
  const person = found.items[0]?.id ?? '';
  const died = today(40);

  await enter(page, COMMUNITY);
  await page.goto(`/people/${person}`);
  await page.getByRole('button', { name: '登记去世' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('#death-date').fill(died);
  await page.keyboard.press('Enter');
  await send(dialog, '登记去世');
  await expect(page).toHaveURL(/\/cases\/SW-/);
  const death = page.url().split('/').pop() ?? '';
  await expect(fact(page, 'state')).toContainText('已报告，待核实');
  await expect(fact(page, 'notice')).toContainText('20个工作日');
  await expect(fact(page, 'silence')).toContainText('已停止向本人号码发送');
  await expect(page.getByText('核实前不终止任何登记。')).toBeVisible();

  await carryDeath(death);
  await page.goto(`/people/${person}`);
  await expect(fact(page, 'stops')).toContainText(nextMonth(died));
  await expect(page.getByText('社区管理服务 终止于')).toBeVisible();
  await expect(page.getByRole('button', { name: '登记去世' })).toHaveCount(0);

  await page.getByRole('button', { name: '误报更正' }).click();
  await expect(page).toHaveURL(/\/cases\/WB-/);
  const rescission = page.url().split('/').pop() ?? '';
  await carryDeath(rescission);
  await page.reload();
  await expect(fact(page, 'state')).toContainText('误报，已更正');
  await expect(fact(page, 'silence')).toContainText('照常');
  await expect(fact(page, 'withheld')).toContainText('元');
  await expect(page.getByText('社区管理服务 恢复于')).toBeVisible();
  await page.goto(`/people/${person}`);
  await expect(page.getByRole('button', { name: '登记去世' })).toBeVisible();
  await expect(page.getByText('误报更正，恢复管理服务')).toBeVisible();
});
