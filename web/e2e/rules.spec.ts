// The counter tries the rules: where people, archives and Party relations go, and what a family gets.
import { expect, type Page, test } from '@playwright/test';
import {
  attempt,
  NO,
  tryArchiveDestination,
  tryBenefit,
  tryFormOfManagement,
  tryPartyRouting,
  UNKNOWN,
} from './support/rules';
import { enter, settled, speak } from './support/screen';

test.beforeEach(async ({ page }) => {
  await speak(page, 'zh-CN');
  await enter(page, 'community-001017-clerk-1');
});

async function open(page: Page, rule: string) {
  await page.goto(`/rules?rule=${rule}`);
  await settled(page);
}

const result = (page: Page) => page.getByRole('region', { name: '结果' });

test('the form of management, with the document it needs', async ({ page }) => {
  await open(page, 'form-of-management');
  await expect(page.getByRole('button', { name: /试\s?算/ })).toBeDisabled();
  await tryFormOfManagement(page);
  await expect(result(page)).toContainText('F2 委托原主管部门或企业管理；需附：委托书');
  await expect(result(page)).toContainText('S3.3');
});

test('a Party relation goes by a rule, and to people where a fact is not known', async ({ page }) => {
  await open(page, 'party-routing');
  await tryPartyRouting(page, '8');
  await expect(result(page)).toContainText('P2 转入所去单位或地区的党组织');
  await tryPartyRouting(page, '2', NO);
  await expect(result(page)).toContainText('P3 转入常住地党组织');
  await expect(result(page)).toContainText('同样限定受聘于其他单位');
  await tryPartyRouting(page, '2', UNKNOWN);
  await expect(result(page)).toContainText('由组织部门研究决定');
});

test('an archive is held, moves, or the place is asked for again', async ({ page }) => {
  await open(page, 'archive-destination');
  await tryArchiveDestination(page, /县（市）以上党委管理/, '210106');
  await expect(result(page)).toContainText('暂不移交');
  await expect(result(page)).toContainText('S2.4');
  await tryArchiveDestination(page, /一般退休人员/, '21');
  await expect(page.getByText('请填写 6、9 或 12 位区划代码')).toBeVisible();
  await tryArchiveDestination(page, /一般退休人员/, '210106');
  await expect(result(page)).toContainText('移交');
  await expect(result(page)).toContainText('S2.2(5)');
});

test('what a family gets, to the fen, and the figure that is asked for where the table has none', async ({ page }) => {
  await open(page, 'benefit');
  await tryBenefit(page, '');
  await expect(page.getByText('系统没有收录辽宁省2023年城镇居民人均可支配收入')).toBeVisible();
  await page.locator('#field-baseAnnual').fill('33822');
  await attempt(page);
  await expect(result(page).getByRole('row', { name: '合计 59,893.13 元' })).toBeVisible();
  await expect(result(page)).toContainText('抚恤金 = 33,822.00 元 × 19.25 个月 ÷ 12');
  await expect(result(page)).toContainText('人社部发〔2021〕18号第五条');
});
