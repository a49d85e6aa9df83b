// The family of a dead retiree claims at the community's counter; the agency calculates, reviews and decides; the
// bank refuses one account, which is corrected by two; and the money arrives once.
import { expect, type Page, test } from '@playwright/test';
import { press, send } from './support/acts';
import { approve, as, type CaseView, dutyOf } from './support/api';
import { carryDeath } from './support/deaths';
import { enter, settled } from './support/screen';

import { inventedNumber } from './support/workbook';
import { carry, individual, SUPERVISOR } from './support/world';

const COUNTER = 'community-001017-clerk-1';
const SHOTS = process.env.JIELI_SHOTS;

async function shot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  await settled(page);
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

/** Signs the open stage over the API, whoever may. */
async function signs(no: string, form: Record<string, unknown> = {}): Promise<void> {
  const duty = await dutyOf(no, await as('agency-head-1'));
  if (!duty) throw new Error(`nobody may sign ${no}`);
  await approve(duty, form);
}

test('a benefit goes from the counter to the bank', async ({ page }) => {
  test.setTimeout(240_000);
  const handover = await individual(await as('enterprise-1-clerk-1'), '陈遗属', inventedNumber(411));
  await carry(handover, () => false);
  const counter = await as(COUNTER);
  const people = await counter.get<{ items: { id: string; name: string }[] }>('/people?q=陈遗属');
  const person = people.items[0]?.id ?? '';
  const report = await counter.send<CaseView>('POST', '/cases', {
    type: 'death',
    subject: person,
    form: { diedOn: '2026-10-05', source: 'family' },
  });
  await carryDeath(report.no);

  // At the counter: who claims, from the original papers.
  await enter(page, COUNTER);
  await page.goto(`/people/${person}`);
  await page.getByRole('button', { name: '受理遗属待遇申领' }).click();
  await expect(page).toHaveURL(/\/cases\/DY-/);
  const no = page.url().split('/').pop() ?? '';
  await page.getByRole('button', { name: '登记申领人' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('姓名').fill('陈家属');
  await dialog.getByLabel('与逝者关系').fill('子女');
  await dialog.getByLabel('身份号码').fill(inventedNumber(412));
  await dialog.getByLabel('开户银行').fill('中国工商银行沈阳铁西支行');
  await dialog.getByLabel('收款账号').fill('6222020000000000');
  await shot(page, 'benefit-claimants');
  await send(dialog, '保存');
  await expect(page.getByText('****0000')).toBeVisible();
  await page.getByRole('checkbox', { name: /告知承诺书/ }).check();
  await page.getByRole('radio', { name: '因病' }).check();
  await page.getByRole('radio', { name: '否', exact: true }).check();
  await page.getByRole('combobox', { name: '申领人之间的约定' }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '只有一位' }).click();
  await shot(page, 'benefit-claim');
  await send(await press(page, '同意'), '同意', '材料齐全。');

  // The agency calculates by what it knows, and the reviewer sees how the sums came about.
  await signs(no, { contributionYears: 30, pensionYears: 6, baseAnnual: 6_018_000, override: 'no' });
  await enter(page, 'agency-reviewer-1');
  await page.goto(`/cases/${no}`);
  await expect(page.locator('[data-fact="benefit-total"]')).toContainText('100,300.00');
  await shot(page, 'benefit-review');
  await signs(no);
  await signs(no);
  await signs(no);

  // The bank does not know the account: the agency's clerk and reviewer correct it.
  const agency = await as('agency-clerk-1');
  const corrections = async () =>
    (await agency.get<{ items: CaseView[] }>('/cases?type=payee&state=open')).items.map((each) => each.no);
  await expect.poll(corrections, { timeout: 60_000 }).toHaveLength(1);
  const [correction = ''] = await corrections();
  await enter(page, 'agency-clerk-1');
  await page.goto(`/cases/${correction}`);
  await page.getByRole('button', { name: '更正收款账户' }).click();
  await dialog.getByLabel('开户银行').fill('中国建设银行沈阳铁西支行');
  await dialog.getByLabel('收款账号').fill('6227000000005555');
  await send(dialog, '保存');
  await expect(page.getByText('****5555')).toBeVisible();
  await shot(page, 'benefit-correction');
  await signs(correction, { confirmedWith: 'seen' });
  await signs(correction);

  // It arrives, is reconciled by the other of the two at the fund, and the family gets its letter.
  await enter(page, 'agency-fund_cashier-2');
  await expect(async () => {
    await page.goto(`/cases/${no}`);
    await expect(page.getByText('已到账')).toHaveCount(2, { timeout: 2000 });
  }).toPass({ timeout: 90_000 });
  await shot(page, 'benefit-paid');
  await page.goto('/payments');
  await expect(page.getByText('账簿与支付记录一致')).toBeVisible();
  await page.getByRole('button', { name: '查看明细' }).first().click();
  await shot(page, 'payments');
  await signs(no, { reconciled: true });
  await approve(
    (await dutyOf(no, await as(COUNTER))) ??
      (() => {
        throw new Error('nobody delivers the letter');
      })(),
    { deliveredBy: 'hand' },
  );
  expect((await (await as(SUPERVISOR)).get<CaseView>(`/cases/${no}`)).state).toBe('closed');
});
