// The archives of two people set out together, come back once for a broken seal, and are received the
// second time; each person's page says who held the archive when.
import { expect, test } from '@playwright/test';
import { approveOnScreen, open, pick, press, send } from './support/acts';
import { approve, as, base, type CaseView, dutyOf } from './support/api';
import { printed, printFromMenu } from './support/papers';
import { enter } from './support/screen';
import { inventedNumber } from './support/workbook';
import { archivesApart, carry, individual, SUPERVISOR } from './support/world';

const CLERK = 'enterprise-1-clerk-1';
const NAMES = ['冯一档', '蒋二卷'];

async function received(name: string, n: number): Promise<void> {
  const no = await individual(await as(CLERK), name, inventedNumber(n));
  await carry(no, () => false);
  expect((await (await as(SUPERVISOR)).get<CaseView>(`/cases/${no}`)).state).toBe('closed');
}

/** Signs a stage of a loan over the API, with what it asks for. */
async function lend(no: string, stage: string): Promise<void> {
  const forms: Record<string, Record<string, unknown>> = {
    application: {
      use: 'loan',
      purpose: '核实工龄',
      basis: '干部档案工作条例',
      letterNumber: '介字1号',
      visitors: [
        { name: '张某', post: '人事科' },
        { name: '李某', post: '人事科' },
      ],
      unrelated: true,
      pages: '工资、任免材料',
      returnOn: new Date(Date.now() + 5 * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
    },
    review: { visitorsVerified: true },
    receipt: { keeping: '企业档案柜' },
  };
  const duty = await dutyOf(no, await as(SUPERVISOR));
  expect(duty?.task.stage).toBe(`access-${stage}`);
  if (duty) await approve(duty, forms[stage]);
}

test('archives go from the enterprise to the holder, and back once', async ({ page }) => {
  test.setTimeout(300_000);
  await archivesApart();
  await received(NAMES[0] ?? '', 401);
  await received(NAMES[1] ?? '', 402);

  // The enterprise's clerk chooses whose archives set out.
  await enter(page, CLERK);
  await page.goto('/procedures/archive/start');
  for (const name of NAMES) await page.getByRole('checkbox', { name: `选择${name}` }).check();
  await page.getByRole('button', { name: '发起转递（2 人）' }).click();
  await expect(page).toHaveURL(/\/cases\/DA-/);
  const no = page.url().split('/').pop() ?? '';

  // The manifest: two volumes for the first person.
  await page.getByRole('spinbutton', { name: '卷数 1' }).fill('2');
  await page.getByRole('button', { name: '保存更正（1 处）' }).click();
  await expect(page.getByRole('spinbutton', { name: '卷数 1' })).toHaveValue('2');
  await approveOnScreen(page, no);
  for (const signer of ['enterprise-1-reviewer-1', 'enterprise-1-head-1']) {
    await enter(page, signer);
    await approveOnScreen(page, no);
  }
  await page.goto(`/cases/${no}?tab=lines`);
  await expect(page.getByText('转递途中').first()).toBeVisible();
  await expect(page.getByText(/送档人 .+、.+/).first()).toBeVisible();

  // Opened with a broken seal it is not received, and goes back whole.
  await enter(page, 'archive-clerk-1');
  await open(page, no);
  await page.getByRole('radio', { name: '破损' }).check();
  const refused = await press(page, '同意');
  await refused.locator('textarea').last().fill('封条破损。');
  await refused.getByRole('button', { name: '同意', exact: true }).last().click();
  await expect(refused.getByText('应当整包退回企业')).toBeVisible();
  await refused.getByRole('button', { name: /取\s*消/ }).click();
  const back = await press(page, '退回');
  await pick(page, 'to-stage', '整理归档');
  await send(back, '退回', '封条破损，请重新整理密封。');
  await page.goto(`/cases/${no}?tab=lines`);
  await expect(page.getByText('退回途中').first()).toBeVisible();

  // The second time one archive lacks a paper: received, to be supplemented by a date.
  for (const signer of [CLERK, 'enterprise-1-reviewer-1', 'enterprise-1-head-1']) {
    await enter(page, signer);
    await approveOnScreen(page, no);
  }
  await enter(page, 'archive-clerk-1');
  await open(page, no);
  const option = (words: string) =>
    page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: words }).first();
  await page.getByRole('combobox', { name: '核查问题 2' }).click();
  await option('缺退休审批材料').click();
  await page.getByRole('combobox', { name: '核收结果 2' }).click();
  await option('接收，限期补齐').click();
  await page.getByRole('textbox', { name: '补齐期限 2' }).fill('2030年6月30日');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '保存更正（3 处）' }).click();
  await expect(page.getByText(/处改动未保存/)).toHaveCount(0);
  await page.getByRole('radio', { name: '完好' }).check();
  await approveOnScreen(page, no);
  for (const signer of ['archive-reviewer-1', CLERK, 'archive-clerk-1']) {
    await enter(page, signer);
    await approveOnScreen(page, no);
  }
  await expect(page.locator('.case-head')).toContainText('办结');
  // What goes with the packet is printed: a camera finds where it verifies, and what the box opens.
  const manifest = await printFromMenu(page, '人事档案移交名册');
  for (const words of [no, ...NAMES, '缺退休审批材料']) expect(manifest.text).toContain(words);
  expect(manifest.code).toContain(`${base}/verify/`);
  expect((await printed(page, no, 'box')).code).toBe(`${base}/print/cases/${no}/manifest`);
  await page.goto(manifest.code);
  await expect(page.getByText('该文书由本系统出具')).toBeVisible();

  await page.goto(`/cases/${no}?tab=lines`);
  await expect(page.getByText('缺退休审批材料')).toBeVisible();
  await expect(page.getByText('已上架').first()).toBeVisible();

  // Every change of hands, both sides named.
  await enter(page, CLERK);
  const found = await (await as(CLERK)).get<{ items: { id: string; name: string }[] }>(
    `/people?q=${encodeURIComponent(NAMES[0] ?? '')}`,
  );
  await page.goto(`/people/${found.items[0]?.id ?? ''}`);
  const box = page.getByRole('region', { name: '人事档案' });
  await expect(box.locator('[data-fact="archive-holder"]')).toContainText('档案服务中心');
  await expect(box.getByRole('listitem')).toHaveCount(5);
  await expect(box.getByRole('button', { name: '转递档案' })).toHaveCount(0);

  // It is lent to the enterprise until a day, and comes back.
  await box.getByRole('button', { name: '查（借）阅' }).click();
  await expect(page).toHaveURL(/\/cases\/CY-/);
  const loan = page.url().split('/').pop() ?? '';
  for (const stage of ['application', 'endorsement', 'review', 'approval', 'lending', 'receipt'])
    await lend(loan, stage);
  await page.goto(`/people/${found.items[0]?.id ?? ''}`);
  await expect(box.locator('[data-fact="archive-borrower"]')).toContainText('沈阳兴工机械集团');
  await expect(box.locator('[data-fact="archive-due-back"]')).toContainText('日');
  await enter(page, 'archive-clerk-1');
  await open(page, loan);
  await page.getByRole('textbox', { name: '送还人' }).fill('张某');
  await send(await press(page, '同意'), '同意', '已逐页核对。');
  await expect(page.locator('.case-head')).toContainText('办结');
  await enter(page, CLERK);
  await page.goto(`/people/${found.items[0]?.id ?? ''}`);
  await expect(box.locator('[data-fact="archive-last-loan"]')).toContainText('完整无损');
});
