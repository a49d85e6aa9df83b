// The sign-off engine as officers of different offices meet it on screen. Time passes by starting the
// stack again by another clock: a month back, today, and a week ahead.
import { expect, type Page, test } from '@playwright/test';
import { approveOnScreen, choose, nameOf, open, pick, press, send } from './support/acts';
import { as, type CaseView, dutyOf } from './support/api';
import { enter } from './support/screen';
import { startStack, stopStack } from './support/stack';
import { inventedNumber } from './support/workbook';
import { batch, carry, individual, SUPERVISOR } from './support/world';

test.describe.configure({ mode: 'serial' });

const CLERK = 'enterprise-1-clerk-1';
const BUREAU = 'bureau-clerk-1';

/** Where the story's cases are known by. */
const made = { late: '', joint: '', helped: '', suspended: '', substituted: '', urged: '' };

const read = async (no: string) => (await as(SUPERVISOR)).get<CaseView>(`/cases/${no}`);

let people = 300;

/** Hands one invented person over. */
const submit = async (name: string) => individual(await as(CLERK), name, inventedNumber(++people));

async function atAcceptance(name: string): Promise<string> {
  const no = await submit(name);
  await carry(no, (view) => view.stage === 'acceptance');
  return no;
}

const step = (page: Page, title: string) =>
  page.locator('.timeline .step').filter({ has: page.locator('strong', { hasText: new RegExp(`^${title}$`) }) });

test.beforeAll(async () => {
  test.setTimeout(600_000);
  await startStack(-30);
  made.late = await atAcceptance('钱逾期');
  await expect.poll(async () => (await read(made.late)).tasks[0]?.escalated, { timeout: 60_000 }).toBeGreaterThan(0);
  await startStack(0);
  made.joint = await batch(await as('enterprise-2-clerk-1'), 'roster-clean-200.xlsx');
  await carry(made.joint, (view) => view.stage === 'agreement');
  made.helped = await atAcceptance('李加签');
  made.suspended = await atAcceptance('孙中止');
  made.substituted = await atAcceptance('周代理');
  made.urged = await atAcceptance('吴督办');
});

test.afterAll(stopStack);

test('joint signing: one refusal ends the visit, it comes back after correction, and a recall takes it again', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const no = made.joint;
  const heads = (await read(no)).tasks.filter((task) => task.stage === 'agreement').map((task) => task.office);
  const streets = heads.filter((office) => office.startsWith('street-'));
  await enter(page, 'enterprise-2-head-1');
  await approveOnScreen(page, no);
  await expect(page.getByTestId('sentence')).toContainText('签订移交协议');

  await enter(page, `${streets[0]}-head-1`);
  await open(page, no);
  const back = await press(page, '退回');
  await pick(page, 'to-stage', '拟定管理形式和接收街道');
  await send(back, '退回', '接收街道有误，请核对后重拟。');
  await expect(page.getByTestId('sentence')).toContainText('拟定管理形式');
  await expect(step(page, '签订移交协议').first()).toContainText('退回');

  await enter(page, BUREAU);
  await open(page, no);
  await expect(page.getByText('接收街道有误，请核对后重拟。').first()).toBeVisible();
  await approveOnScreen(page, no);
  // Straight back to the joint visit, where nobody has signed yet.
  await expect(page.getByTestId('sentence')).toContainText('签订移交协议');

  const recall = await choose(page, '取回');
  await send(recall, '取回', '漏填一项，取回补充。');
  await expect(page.getByTestId('sentence')).toContainText('拟定管理形式');
  await approveOnScreen(page, no);
  await expect(step(page, '签订移交协议').first()).toContainText('退回');
  await expect(page.locator('.step-current')).toContainText('未签');

  // The enterprise signs anew: what it said before ended with the visit.
  await enter(page, 'enterprise-2-head-1');
  await approveOnScreen(page, no);
  await expect(page.locator('.step-current')).toContainText(await nameOf('enterprise-2-head-1'));
});

test('an added signer goes first, an advisor is not waited for, a delegate answers', async ({ page }) => {
  test.setTimeout(300_000);
  const no = made.helped;
  const reviewer = await nameOf('bureau-reviewer-1');
  const colleague = await nameOf('bureau-clerk-2');
  await enter(page, BUREAU);
  await open(page, no);
  const before = await choose(page, '加签');
  await pick(page, 'target-user', reviewer);
  await page.keyboard.press('Escape');
  await send(before, '加签', '请先审材料。');
  await expect(page.getByText(new RegExp(`正在等待.*${reviewer}`))).toBeVisible();

  await enter(page, 'bureau-reviewer-1');
  await page.goto('/inbox');
  await page.getByRole('button', { name: /未读消息/ }).click();
  await expect(page.getByText(/请您加签“受理”/).first()).toBeVisible();
  await approveOnScreen(page, no);

  await enter(page, BUREAU);
  await open(page, no);
  await expect(page.locator('.step-current')).toContainText('前加签');
  const advisory = await choose(page, '加签');
  await advisory.getByRole('radio', { name: /征求意见/ }).check();
  await pick(page, 'target-user', await nameOf('bureau-head-1'));
  await page.keyboard.press('Escape');
  await send(advisory, '加签', '请提意见。');
  const delegate = await choose(page, '协办');
  await pick(page, 'target-user', colleague);
  await send(delegate, '协办', '请核对电话。');
  await expect(page.getByText(new RegExp(`正在等待.*${colleague}`))).toBeVisible();

  await enter(page, 'bureau-clerk-2');
  await open(page, no);
  await send(await press(page, '反馈'), '反馈', '电话已核对，无误。');

  await enter(page, BUREAU);
  await open(page, no);
  await expect(page.locator('.step-current')).toContainText('电话已核对，无误。');
  await page.getByRole('checkbox', { name: /材料已逐项核对/ }).check();
  await send(await press(page, '同意'), '同意', '同意受理。');
  await expect(page.getByTestId('sentence')).not.toContainText('“受理”');
});

test('a substitute sees and signs the absent officer’s task, and timeline and journal name both', async ({ page }) => {
  test.setTimeout(300_000);
  const no = made.substituted;
  const absent = await nameOf(BUREAU);
  const view = await read(no);
  await (await as(BUREAU)).send('POST', `/cases/${no}/actions`, {
    action: 'claim',
    taskId: view.tasks.find((task) => task.state === 'open')?.id,
    seen: view.version,
  });
  await enter(page, BUREAU);
  await page.goto('/settings/substitutes');
  await page.getByRole('button', { name: '设置代理' }).first().click();
  const dialog = page.getByRole('dialog');
  await pick(page, 'substitute-who', await nameOf('bureau-reviewer-1'));
  await page.locator('#substitute-last').click();
  await page
    .locator('.ant-picker-dropdown:visible td.ant-picker-cell-in-view:not(.ant-picker-cell-disabled)')
    .last()
    .click();
  await send(dialog, '设置');
  await expect(page.getByText('代理中')).toBeVisible();

  await enter(page, 'bureau-reviewer-1');
  await page.goto('/inbox?box=todo');
  await page.locator(`.card[data-case="${no}"] .card-body`).click();
  await page.getByRole('checkbox', { name: /材料已逐项核对/ }).check();
  await send(await press(page, '同意'), '同意', '代为核对，同意受理。');
  await open(page, no);
  await expect(step(page, '受理')).toContainText(`代${absent}`);
  await page.goto(`/cases/${no}?tab=journal`);
  await expect(page.locator('.entry').first()).toContainText(`代${absent}`);

  await enter(page, BUREAU);
  await page.goto('/settings/substitutes');
  await page.getByRole('button', { name: '撤销' }).click();
  await send(page.getByRole('dialog'), '撤销');
  await expect(page.getByText('现在没有代理')).toBeVisible();
});

test('an overdue task widens to the head of the office, who signs it', async ({ page }) => {
  const no = made.late;
  await enter(page, 'bureau-head-1');
  await page.goto('/inbox');
  await page.getByRole('button', { name: /未读消息/ }).click();
  await expect(page.getByText('“受理”已逾期', { exact: false }).first()).toBeVisible();
  await page.goto('/inbox?box=claimable');
  await page.locator(`.card[data-case="${no}"] .card-body`).click();
  await expect(page.locator('.step-current')).toContainText('已超期，升级');
  await page.getByRole('checkbox', { name: /材料已逐项核对/ }).check();
  await send(await press(page, '同意'), '同意', '已督促，同意受理。');
  await open(page, no);
  await expect(step(page, '受理')).toContainText(await nameOf('bureau-head-1'));
});

test('a supervisor sends 督办, the head answers, the supervisor reads it', async ({ page }) => {
  const no = made.urged;
  await enter(page, SUPERVISOR);
  await open(page, no);
  await send(await choose(page, '督办'), '督办', '请说明受理进度。');
  await expect(page.locator('.supervision')).toContainText('待回复');

  await enter(page, 'bureau-head-1');
  await open(page, no);
  await page.locator('.supervision').getByRole('button', { name: '回复' }).click();
  await send(page.getByRole('dialog'), '回复', '已安排，明日受理。');
  await expect(page.locator('.supervision')).toContainText('已回复');

  await enter(page, SUPERVISOR);
  await page.goto('/inbox');
  await page.getByRole('button', { name: /未读消息/ }).click();
  await expect(page.getByText(/已安排，明日受理/).first()).toBeVisible();
});

test('a bulk approval reports the one item that fails; a view is shared with the office', async ({ page }) => {
  test.setTimeout(300_000);
  const clerk = await as(CLERK);
  const cases: string[] = [];
  for (const name of ['郑批甲', '郑批乙', '郑批丙']) cases.push(await submit(name));
  await enter(page, CLERK);
  await page.goto('/inbox?box=todo');
  for (const no of cases) await page.locator(`.card[data-case="${no}"] .ant-checkbox-input`).check();
  await page.getByRole('toolbar', { name: '批量办理' }).getByRole('button', { name: '同意' }).click();
  // Meanwhile one of them changes under the selection.
  const changed = await clerk.get<CaseView>(`/cases/${cases[1]}`);
  await clerk.send('POST', `/cases/${cases[1]}/actions`, {
    action: 'correct',
    taskId: changed.tasks[0]?.id,
    seen: changed.version,
    form: { remarks: '另有说明' },
  });
  await page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
  await expect(page.getByText('已办 2 项，未办 1 项')).toBeVisible();
  await expect(page.locator('.bulk-reason')).toContainText('已更新');
  await page.getByRole('button', { name: '关闭', exact: true }).last().click();

  await page.goto('/inbox?box=todo&type=handover');
  await page.getByRole('button', { name: '保存为视图' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '名称' }).fill('批量件');
  await dialog.getByRole('checkbox', { name: '与本单位同事共享' }).check();
  await send(dialog, '保存');
  await enter(page, 'enterprise-1-clerk-2');
  await page.goto('/inbox?box=todo');
  await page.getByRole('button', { name: /批量件/ }).click();
  await expect(page).toHaveURL(/type=handover/);
});

test('a suspension over a holiday moves the deadline by the working days it lasted', async ({ page }) => {
  test.setTimeout(300_000);
  const no = made.suspended;
  const today = new Date();
  const day = (ahead: number) =>
    new Date(today.getTime() + ahead * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
  // A local holiday on a working day of the week to come, proposed and confirmed by two administrators.
  const holiday = [3, 4, 5].map(day).find((each) => ![0, 6].includes(new Date(each).getUTCDay())) ?? '';
  const proposed = await (await as('administration-system_administrator-1')).send<{ id: string }>(
    'POST',
    '/settings/changes',
    { scope: '210106', calendar: { days: [{ day: holiday, working: false, name: '停办日' }] }, source: '区政府通知' },
  );
  await (await as('administration-system_administrator-2')).send('POST', `/settings/changes/${proposed.id}/decision`, {
    decision: 'confirm',
  });
  await enter(page, BUREAU);
  await open(page, no);
  const dialog = await choose(page, '中止');
  await dialog.getByRole('radio', { name: /等待外单位函复/ }).check();
  await dialog.locator('#suspend-body').fill('区档案馆');
  await send(dialog, '中止', '已函询档案保管单位。');
  await expect(page.getByText('已中止办理：待区档案馆函复')).toBeVisible();

  await startStack(7);
  await enter(page, BUREAU);
  await open(page, no);
  const resume = await press(page, '恢复办理');
  await send(resume, '恢复办理', '已收到函复。');
  await expect(page.getByText('已中止办理：待区档案馆函复')).toBeHidden();
  await expect(page.locator('.step-current')).toContainText('计外部单位时间');
  const after = (await read(no)).tasks.find((task) => task.state === 'open');
  // Nothing of the five days had been used: they begin with the day of the reply, and pass over the holiday.
  const { result } = await (await as(BUREAU)).send<{ result: { due: string } }>(
    'POST',
    '/rules/working-days/evaluate',
    {
      from: day(6),
      days: 5,
      calendar: '210106',
    },
  );
  expect(new Date(after?.due ?? '').toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })).toBe(result.due);
  await page.getByRole('button', { name: '时限依据' }).first().click();
  await expect(page.getByText('计入的日子')).toBeVisible();
  const [year, month, date] = holiday.split('-').map(Number);
  await expect(page.locator('.why')).not.toContainText(`${year}年${month}月${date}日`);
  const duty = await dutyOf(no, await as(SUPERVISOR));
  expect(duty?.task.stage).toBe('acceptance');
});
