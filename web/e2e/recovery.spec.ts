// A death that was reported late: pension of two months was paid after it. The agency calculates, reviews and demands
// it back, the family agrees to instalments, and the fund receives until nothing is open.
import { expect, type Page, test } from '@playwright/test';
import { press, send } from './support/acts';
import { as, type CaseView, signs } from './support/api';
import { dead, today } from './support/deaths';
import { enter, shot, speak } from './support/screen';
import { SUPERVISOR } from './support/world';

/** The month so many months ago, as 2026-09. */
function monthsAgo(count: number): string {
  const [year = 0, month = 0] = today().split('-').map(Number);
  const index = year * 12 + month - 1 - count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

const fact = (page: Page, name: string) => page.locator(`[data-fact="recovery-${name}"]`);

test('overpaid pension comes back in instalments', async ({ page }) => {
  test.setTimeout(240_000);
  const person = await dead('吴多发', 431, `${monthsAgo(3)}-20`, 'family');

  // The agency's clerk begins it, and enters what the payment records say; the months are proposed.
  await enter(page, 'agency-clerk-1');
  await page.goto(`/people/${person}`);
  await shot(page, 'recovery-person');
  await page.getByRole('button', { name: '追回多发养老金' }).click();
  await expect(page).toHaveURL(/\/cases\/ZT-/);
  const no = page.url().split('/').pop() ?? '';
  await page.getByRole('textbox', { name: '退还人（与逝者关系）' }).fill('吴某（儿子）');
  await page.getByRole('radio', { name: '报告去世较晚' }).check();
  for (const [row, month] of [monthsAgo(2), monthsAgo(1)].entries()) {
    await expect(page.getByRole('textbox', { name: `月份（如 2026-09） ${row + 1}` })).toHaveValue(month);
    await page.getByRole('spinbutton', { name: `已发金额 ${row + 1}` }).fill(row === 0 ? '3123.44' : '3200.01');
  }
  await shot(page, 'recovery-calculation');
  await send(await press(page, '同意'), '同意', '已与支付记录核对。');

  // The reviewer sees the two months and how the sum came about.
  await enter(page, 'agency-reviewer-1');
  await page.goto(`/cases/${no}`);
  await expect(fact(page, 'total')).toContainText('6,323.45');
  await expect(page.getByText('去世当月照发，自次月起停发')).toBeVisible();
  await shot(page, 'recovery-review');
  await signs(no);
  await signs(no);

  // The letter is printed and delivered.
  const agency = await as('agency-clerk-1');
  const decided = await agency.get<CaseView>(`/cases/${no}`);
  expect(decided.papers.map((paper) => paper.key)).toContain('demand');
  const printed = await page.request.get(`/api/v1/cases/${no}/papers/demand.pdf`);
  expect(printed.status()).toBe(200);
  expect((await printed.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await signs(no, { deliveredOn: today(), deliveredBy: 'hand' });

  // The family pays in two instalments; the head agrees.
  await enter(page, 'agency-clerk-1');
  await page.goto(`/cases/${no}`);
  await expect(fact(page, 'claimed')).toContainText('6,323.45');
  await page.getByRole('combobox', { name: '家属的答复' }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '分期退还' }).click();
  await page.getByRole('spinbutton', { name: '期数' }).fill('2');
  const first = today(-20);
  await page.getByRole('textbox', { name: '第一期还款日期' }).fill(first);
  await page.keyboard.press('Enter');
  await shot(page, 'recovery-answer');
  await send(await press(page, '同意'), '同意', '家属当面答复。');
  await enter(page, 'agency-head-1');
  await page.goto(`/cases/${no}`);
  await expect(page.getByText('3,161.73')).toBeVisible();
  await shot(page, 'recovery-agreement');
  await signs(no);

  // Each receipt counts once, and none is more than what is open.
  const dialog = page.getByRole('dialog');
  await enter(page, 'agency-fund_cashier-1');
  await page.goto(`/cases/${no}`);
  await expect(page.getByText('未到期')).toHaveCount(2);
  const receives = async (number: string, amount: string) => {
    await page.getByRole('button', { name: '登记收款' }).click();
    await dialog.getByLabel('收据号').fill(number);
    await dialog.getByLabel('金额（元）').fill(amount);
  };
  await receives('SJ-0001', '3161.73');
  await shot(page, 'recovery-receipt');
  await send(dialog, '登记');
  await expect(fact(page, 'open')).toContainText('3,161.72');
  await expect(page.getByText('已还', { exact: true })).toHaveCount(1);
  await receives('SJ-0001', '100');
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('该收据号已登记');
  await dialog.getByLabel('收据号').fill('SJ-0002');
  await dialog.getByLabel('金额（元）').fill('3161.72');
  await send(dialog, '登记');
  await expect(fact(page, 'open')).toContainText('0.00');
  await expect(page.getByRole('button', { name: '登记收款' })).toHaveCount(0);
  await shot(page, 'recovery-received');
  await page.getByRole('radio', { name: '已全部结清' }).check();
  await send(await press(page, '同意'), '同意', '两笔均已到账。');
  await expect(page.getByText('已全部结清。')).toBeVisible();
  const closed = await agency.get<CaseView>(`/cases/${no}`);
  expect(closed.state).toBe('closed');
  expect(closed.recovery?.open).toBe(0);

  // The supervisor sees that it ran, and no amounts; in English it reads as well.
  expect((await (await as(SUPERVISOR)).get<CaseView>(`/cases/${no}`)).recovery).toBeUndefined();
  await speak(page, 'en');
  await page.goto(`/cases/${no}`);
  await expect(page.getByText('Everything is settled.')).toBeVisible();
  await shot(page, 'recovery-closed-en');
});
