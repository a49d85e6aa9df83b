// Another of the family claims what is claimed already: the agency sees both sides and decides. While the first claim
// is calculated the clerk sees what the rule finds, and the numbers open the cases behind them.
import { expect, test } from '@playwright/test';
import { send } from './support/acts';
import { as, type CaseView, signs } from './support/api';
import { dead, today } from './support/deaths';
import { enter, shot } from './support/screen';
import { inventedNumber } from './support/workbook';

const COUNTER = 'community-001017-clerk-1';

test('a benefit that is claimed twice is decided with both sides in view', async ({ page }) => {
  test.setTimeout(240_000);
  const person = await dead('郑重领', 431, '2026-10-05', 'family');
  const counter = await as(COUNTER);
  const claimant = (name: string, n: number, account: string) => ({
    name,
    relation: '子女',
    idNumber: inventedNumber(n),
    bank: '中国工商银行',
    account,
    share: 10_000,
  });
  const first = await counter.send<CaseView>('POST', '/cases', {
    type: 'benefit',
    subject: person,
    form: { claimants: [claimant('郑小某', 432, '6222020000001111')] },
  });
  await signs(first.no, { cause: 'illness', otherScheme: 'no', arrangement: 'sole', undertaking: true }, COUNTER);

  // The agency's clerk sees what the rule finds while filling in.
  await enter(page, 'agency-clerk-1');
  await page.goto(`/cases/${first.no}`);
  const preview = page.getByRole('region', { name: '实时核算' });
  await expect(preview.getByText(/缴费年限/)).toBeVisible();
  await page.getByLabel(/去世上一年城镇居民人均可支配收入/).fill('60180');
  await page.locator('#field-contributionYears').fill('30');
  await page.locator('#field-pensionYears').fill('6');
  await expect(page.locator('[data-fact="preview-total"]')).toContainText('100,300.00');
  await shot(page, 'claims-preview');

  // At the counter: another of the family claims, and what follows is said first.
  await enter(page, COUNTER);
  await page.goto(`/people/${person}`);
  await page.getByRole('button', { name: '登记另一方申领' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('听取双方意见')).toBeVisible();
  await send(dialog, '登记');
  await expect(page).toHaveURL(/\/cases\/CS-/);
  const dispute = page.url().split('/').pop() ?? '';
  await page.getByRole('button', { name: '登记申领人' }).click();
  await dialog.getByLabel('姓名').fill('郑大某');
  await dialog.getByLabel('与逝者关系').fill('子女');
  await dialog.getByLabel('身份号码').fill(inventedNumber(433));
  await dialog.getByLabel('开户银行').fill('中国农业银行');
  await dialog.getByLabel('收款账号').fill('6228480000009999');
  await send(dialog, '保存');
  await expect(page.getByText('****9999')).toBeVisible();
  await shot(page, 'claims-statement');
  await signs(dispute, { statement: '逝者之子，未被告知申领' }, COUNTER);

  // The agency sees both sides; the first claim names the dispute.
  await enter(page, 'agency-clerk-2');
  await page.goto(`/cases/${dispute}`);
  await expect(page.getByRole('region', { name: '先申领一方' }).getByText('郑小某')).toBeVisible();
  await expect(page.getByRole('region', { name: '后申领一方' }).getByText('郑大某')).toBeVisible();
  await shot(page, 'claims-dispute');
  await page.goto(`/cases/${first.no}`);
  await expect(page.getByText('处理完毕前本件不能审批和放款').first()).toBeVisible();
  await shot(page, 'claims-first');

  await page.goto('/statistics');
  await page
    .getByRole('link', { name: /申领 \d+/ })
    .first()
    .click();
  await expect(page.getByText(first.no)).toBeVisible();
  await shot(page, 'claims-statistics');
});

/** The agency's administrators set the yearly figure of the district, one proposing and the other confirming. */
async function publishes(year: number, yuan: number): Promise<void> {
  const { id } = await (await as('administration-system_administrator-1')).send<{ id: string }>(
    'POST',
    '/settings/changes',
    {
      scope: '210106',
      setting: { name: `urban_income:${year}`, validFrom: today(), value: yuan },
      source: '辽宁省统计公报',
    },
  );
  await (await as('administration-system_administrator-2')).send('POST', `/settings/changes/${id}/decision`, {
    decision: 'confirm',
  });
}

test('a benefit by a provisional figure is trued up once the figure is published', async ({ page }) => {
  test.setTimeout(240_000);
  await publishes(2024, 60_180);
  const person = await dead('周补差', 441, '2026-10-05', 'family');
  const counter = await as(COUNTER);
  const claim = await counter.send<CaseView>('POST', '/cases', {
    type: 'benefit',
    subject: person,
    form: {
      claimants: [
        {
          name: '周家属',
          relation: '配偶',
          idNumber: inventedNumber(442),
          bank: '中国工商银行',
          account: '6222020000001111',
          share: 10_000,
        },
      ],
    },
  });
  await signs(claim.no, { cause: 'illness', otherScheme: 'no', arrangement: 'sole', undertaking: true }, COUNTER);
  await signs(claim.no, { contributionYears: 30, pensionYears: 6, override: 'no' });
  for (let stage = 0; stage < 3; stage++) await signs(claim.no);
  await publishes(2025, 62_345);
  const agency = await as('agency-clerk-1');
  const begun = async () =>
    (await agency.get<{ items: CaseView[] }>('/cases?type=true-up&state=open')).items.map((each) => each.no);
  await expect.poll(begun, { timeout: 60_000 }).toHaveLength(1);
  const [trueUp = ''] = await begun();

  await enter(page, 'agency-clerk-2');
  await page.goto(`/cases/${trueUp}`);
  await expect(page.locator('[data-fact="true-up-difference"]')).toContainText('3,608.33');
  await expect(page.getByText('应予补发')).toBeVisible();
  await shot(page, 'claims-true-up');
  await signs(trueUp, { checked: true });
  for (let stage = 0; stage < 3; stage++) await signs(trueUp);
  await enter(page, 'agency-fund_cashier-2');
  await page.goto('/payments');
  await expect(page.getByRole('region', { name: /暂按前一年/ }).getByText(trueUp)).toBeVisible();
  await shot(page, 'claims-provisional');
});
