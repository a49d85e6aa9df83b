// The counter tries the rules of a handover: where people, archives and Party relations go.
import { expect, type Page, test } from '@playwright/test';
import { NO, tryArchiveDestination, tryFormOfManagement, tryPartyRouting, UNKNOWN } from './support/rules';
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
