import type { Page } from '@playwright/test';

/** Answers a question of a rule; the answer is given in both languages. */
export async function answer(page: Page, question: RegExp, words: RegExp): Promise<void> {
  await page.getByRole('radiogroup', { name: question }).getByRole('radio', { name: words }).check();
}

export const YES = /^(是|Yes)$/;
export const NO = /^(否|No)$/;
export const UNKNOWN = /^(不清楚|Not known)$/;

/** Types into a field of the rule by its label. */
export async function fill(page: Page, label: RegExp, text: string): Promise<void> {
  await page.getByLabel(label).first().fill(text);
  await page.keyboard.press('Escape');
}

export async function attempt(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(试\s?算|Try)$/ }).click();
}

/** An enterprise in a remote mining area, whose communities are not organised. */
export async function tryFormOfManagement(page: Page): Promise<void> {
  await fill(page, /居住地|Where the retirees live/, '210106');
  await page.getByRole('checkbox', { name: /独立工矿区|mining area/ }).check();
  await answer(page, /社区组织已建立|communities are organised/, NO);
  await answer(page, /社区建设比较规范|communities are well developed/, NO);
  await attempt(page);
}

/** A member whom another unit has employed for some months. */
export async function tryPartyRouting(page: Page, months: string, rehired = NO): Promise<void> {
  await answer(page, /被原单位返聘|Rehired by the original unit/, rehired);
  await answer(page, /受聘于其他单位|Employed by another unit/, YES);
  await fill(page, /月数|Months employed/, months);
  await fill(page, /常住地|Residence/, '210106001017');
  await fill(page, /户籍地|Hukou/, '210102');
  await attempt(page);
}

/** A retiree whose family asks how much it gets: 28 years and 9 months paid, 3 and a half drawn. */
export async function tryBenefit(page: Page, income: string): Promise<void> {
  await page.locator('#field-province').fill('210000');
  await page.keyboard.press('Enter');
  await page.locator('#field-deathDate').fill('2024-05-01');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: /退休人员|^Retired/ }).check();
  await fill(page, /缴费年限|Contribution years/, '28');
  await page.getByLabel(/^(缴费年限.*个月|Contribution years.*months)$/).fill('9');
  await fill(page, /已领取基本养老金|pension received/, '3');
  await page.getByLabel(/^(已领取基本养老金.*个月|Years of pension received.*months)$/).fill('6');
  await fill(page, /城镇居民人均可支配收入|Urban disposable income/, income);
  await attempt(page);
}

export async function tryArchiveDestination(page: Page, cadre: RegExp, region: string): Promise<void> {
  await answer(page, /干部管理类别|Cadre class/, cadre);
  await fill(page, /企业登记地|enterprise is registered/, region);
  await fill(page, /常住地|Residence/, '210106001017');
  await attempt(page);
}
