// Two children of a dead retiree claim at the community's counter; the agency sends the claim back once, calculates,
// reviews and decides; the bank refuses one account, which is corrected by two; and the money arrives once. Where
// the family disagrees, a meeting decides.
import { expect, type Page, test } from '@playwright/test';
import { open, pick, press, send } from './support/acts';
import { as, type CaseView, signs } from './support/api';
import { dead, today } from './support/deaths';
import { printFromMenu } from './support/papers';
import { enter, shot } from './support/screen';

import { inventedNumber } from './support/workbook';
import { SUPERVISOR } from './support/world';

const COUNTER = 'community-001017-clerk-1';

/** Begins the claim at the community's counter. */
async function takeIn(page: Page, person: string): Promise<string> {
  await enter(page, COUNTER);
  await page.goto(`/people/${person}`);
  await page.getByRole('button', { name: '受理遗属待遇申领' }).click();
  await expect(page).toHaveURL(/\/cases\/DY-/);
  return page.url().split('/').pop() ?? '';
}

interface Claimant {
  name: string;
  number: string;
  share: string;
  account: string;
}

/** Enters who claims, from the papers they have brought. */
async function claimants(page: Page, list: Claimant[]): Promise<void> {
  await page.getByRole('button', { name: '登记申领人' }).click();
  const dialog = page.getByRole('dialog');
  for (const [at, one] of list.entries()) {
    if (at > 0) await dialog.getByRole('button', { name: '再登记一位' }).click();
    await dialog.locator(`#claimant-name-${at}`).fill(one.name);
    await dialog.locator(`#claimant-relation-${at}`).fill('子女');
    await dialog.locator(`#claimant-idNumber-${at}`).fill(one.number);
    await dialog.locator(`#claimant-share-${at}`).fill(one.share);
    await dialog.locator(`#claimant-bank-${at}`).fill('中国工商银行沈阳铁西支行');
    await dialog.locator(`#claimant-account-${at}`).fill(one.account);
  }
  await shot(page, 'benefit-claimants');
  await send(dialog, '保存');
  for (const one of list) await expect(page.getByText(`****${one.account.slice(-4)}`)).toBeVisible();
}

/** Fills in what the counter is told, and how the claimants share. */
async function claimForm(page: Page, arrangement: string, words: string, label: RegExp): Promise<void> {
  await page.getByRole('checkbox', { name: /告知承诺书/ }).check();
  await page.getByRole('radio', { name: '因病' }).check();
  await page.getByRole('radio', { name: '否', exact: true }).check();
  await page.getByRole('combobox', { name: '申领人之间的约定' }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: arrangement }).click();
  await page.getByRole('textbox', { name: label }).fill(words);
}

test('two children claim: one paper is missing, one account is not known, and each is paid once', async ({ page }) => {
  test.setTimeout(300_000);
  const person = await dead('陈遗属', 411, today(40));

  // At the counter: who claims, from the original papers.
  const no = await takeIn(page, person);
  await claimants(page, [
    { name: '陈家长女', number: inventedNumber(412), share: '60', account: '6222020000001111' },
    { name: '陈家次子', number: inventedNumber(413), share: '40', account: '6222020000000000' },
  ]);
  await claimForm(page, '按约定的份额', '口头约定，协议待补', /全体申领人签名的协议/);
  await shot(page, 'benefit-claim');
  await send(await press(page, '同意'), '同意', '材料齐全。');

  // The agency sends it back once, with everything that is missing; put right, it comes straight back.
  await enter(page, 'agency-clerk-1');
  await open(page, no);
  const back = await press(page, '退回');
  await pick(page, 'to-stage', '受理遗属申领');
  await back.getByRole('button', { name: '添加一项' }).click();
  await back.getByRole('textbox', { name: '事项' }).fill('全体申领人签名的分配协议');
  await send(back, '退回', '请补交两位申领人签名的协议。');
  await enter(page, COUNTER);
  await open(page, no);
  await expect(page.getByText('全体申领人签名的分配协议').first()).toBeVisible();
  await page.getByRole('textbox', { name: /全体申领人签名的协议/ }).fill('2026年11月签署，一式三份');
  await send(await press(page, '同意'), '同意', '协议已补齐。');

  // The agency calculates by what it knows, and the reviewer sees how the sums came about.
  await signs(no, { contributionYears: 30, pensionYears: 6, baseAnnual: 6_018_000, override: 'no' });
  await enter(page, 'agency-reviewer-1');
  await page.goto(`/cases/${no}`);
  await expect(page.locator('[data-fact="benefit-total"]')).toContainText('100,300.00');
  await shot(page, 'benefit-review');
  for (const _ of ['review', 'decision', 'release']) await signs(no);

  // The bank does not know the second account: the agency's clerk and reviewer correct it.
  const agency = await as('agency-clerk-1');
  const corrections = async () =>
    (await agency.get<{ items: CaseView[] }>('/cases?type=payee&state=open')).items.map((each) => each.no);
  await expect.poll(corrections, { timeout: 60_000 }).toHaveLength(1);
  const [correction = ''] = await corrections();
  await enter(page, 'agency-clerk-1');
  await page.goto(`/cases/${correction}`);
  await page.getByRole('button', { name: '更正收款账户' }).click();
  const dialog = page.getByRole('dialog');
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
    await expect(page.getByText('已到账')).toHaveCount(4, { timeout: 2000 });
  }).toPass({ timeout: 90_000 });
  await shot(page, 'benefit-paid');
  await page.goto('/payments');
  await expect(page.getByText('账簿与支付记录一致')).toBeVisible();
  await page.getByRole('button', { name: '查看明细' }).first().click();
  await shot(page, 'payments');
  await signs(no, { reconciled: true });
  await enter(page, COUNTER);
  await open(page, no);
  const letter = await printFromMenu(page, '遗属待遇支付决定书');
  for (const words of [no, '陈家长女', '60,180.00', '40,120.00', '****5555', '行政复议'])
    expect(letter.text).toContain(words);
  await signs(no, { deliveredBy: 'hand' });
  expect((await (await as(SUPERVISOR)).get<CaseView>(`/cases/${no}`)).state).toBe('closed');
});

test('where the family disagrees, a meeting decides before anything is paid', async ({ page }) => {
  test.setTimeout(240_000);
  const person = await dead('孙争议', 421, today(40));
  const no = await takeIn(page, person);
  await claimants(page, [
    { name: '孙家长子', number: inventedNumber(422), share: '50', account: '6222020000002222' },
    { name: '孙家次女', number: inventedNumber(423), share: '50', account: '6222020000003333' },
  ]);
  await claimForm(page, '家属之间有争议', '对各自份额有不同意见', /争议情况/);
  await send(await press(page, '同意'), '同意', '双方意见已记录。');
  await signs(no, { contributionYears: 15, pensionYears: 10, baseAnnual: 6_018_000, override: 'no' });
  await signs(no);
  await signs(no);

  // Both of the bureau sign what the meeting has found; only then the fund can release.
  const stageOf = async () => (await (await as(SUPERVISOR)).get<CaseView>(`/cases/${no}`)).stage;
  expect(await stageOf()).toBe('benefit-meeting');
  for (const username of ['bureau-reviewer-1', 'bureau-head-1']) {
    expect(await stageOf()).toBe('benefit-meeting');
    await enter(page, username);
    await open(page, no);
    await expect(page.getByText('家属之间有争议').first()).toBeVisible();
    const minutes = page.getByRole('textbox', { name: '会议纪要编号' });
    if (username === 'bureau-reviewer-1') {
      await minutes.fill('铁西人社会纪〔2026〕11号');
      await page.getByRole('textbox', { name: '审议意见' }).fill('两位申领人各得一半。');
      await shot(page, 'benefit-meeting');
    }
    await expect(minutes).toHaveValue('铁西人社会纪〔2026〕11号');
    await send(await press(page, '同意'), '同意', '经集体审议，同意。');
  }
  expect(await stageOf()).toBe('benefit-release');
  await signs(no);
  await enter(page, 'agency-fund_cashier-2');
  await expect(async () => {
    await page.goto(`/cases/${no}`);
    await expect(page.getByText('已到账')).toHaveCount(4, { timeout: 2000 });
  }).toPass({ timeout: 90_000 });
});
