// A supervisor finds what is stuck before anyone calls, sees why in a sentence, acts, and sees it leave
// the list; a calendar changes by two persons and moves the deadlines it touches.
import { expect, type Page, test } from '@playwright/test';
import { as, type CaseView, demoAccounts } from './support/api';
import { enter } from './support/screen';
import { endPost } from './support/stack';
import { carry, SUPERVISOR } from './support/world';

async function handOver(name: string, idNumber: string): Promise<string> {
  const clerk = await as('enterprise-1-clerk-1');
  const person = {
    name,
    id_number: idNumber,
    retirement_date: '2026-03',
    phone: '13800000000',
    residence_address: '沈阳市铁西区',
    residence_code: '210106001017',
  };
  const made = await clerk.send<CaseView>('POST', '/cases', { type: 'handover', form: { person } });
  await carry(made.no, (view) => view.stage === 'acceptance');
  return made.no;
}

const row = (page: Page, no: string) => page.locator('.stuck-item').filter({ hasText: no });

test('a supervisor finds a stuck case, reassigns it and sees it leave the list', async ({ page }) => {
  const no = await handOver('周滞办', '210106195801018880');
  const supervisor = await as(SUPERVISOR);
  const task = (await supervisor.get<CaseView>(`/cases/${no}`)).tasks[0];
  const clerks = (await demoAccounts()).filter(
    (account) => account.office === task?.office && account.roles.includes('clerk'),
  );
  const [leaver, successor] = clerks;
  if (!task || !leaver || !successor) throw new Error('the bureau needs two clerks');
  const own = await as(leaver.username);
  const seen = (await own.get<CaseView>(`/cases/${no}`)).version;
  await own.send('POST', `/cases/${no}/actions`, { action: 'claim', taskId: task.id, seen });

  await enter(page, SUPERVISOR);
  await page.goto('/inbox');
  await page.getByRole('link', { name: /督办看板/ }).click();
  await expect(page.getByRole('heading', { name: /督办看板/ })).toBeVisible();
  await page.getByRole('link', { name: /^无在岗人员 0$/ }).click();
  await expect(row(page, no)).toHaveCount(0);

  endPost(leaver.username, leaver.name, leaver.office, 'clerk');
  await page.getByRole('button', { name: '刷新' }).click();
  await expect(page.getByRole('link', { name: /^无在岗人员 1$/ })).toBeVisible();
  await expect(row(page, no)).toContainText('没有可办理的在岗人员');

  await row(page, no).getByRole('button', { name: '改派' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('#target-user').click();
  await page.locator('.ant-select-item-option').filter({ hasText: successor.name }).first().click();
  await dialog.getByRole('textbox').last().fill('原承办人已调离，请接办。');
  await dialog.getByRole('button', { name: '改派' }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, no)).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^无在岗人员 0$/ })).toBeVisible();

  // The tile of all open cases lists it with its new holder; a supervision goes to the head of the office.
  await page
    .getByRole('link', { name: /^在办 \d+$/ })
    .first()
    .click();
  await expect(row(page, no)).toContainText(successor.name);
  await row(page, no).getByRole('button', { name: '督办' }).click();
  await dialog.getByRole('textbox').last().fill('请于时限内办结并回复。');
  await dialog.getByRole('button', { name: '督办' }).click();
  await expect(dialog).toBeHidden();
  const after = await supervisor.get<CaseView>(`/cases/${no}`);
  expect(after.supervisions).toHaveLength(1);
});

test('a calendar edit is confirmed by a second person and moves the deadlines it touches', async ({ page }) => {
  const no = await handOver('吴日历', '210106195802028888');
  const supervisor = await as(SUPERVISOR);
  const task = (await supervisor.get<CaseView>(`/cases/${no}`)).tasks[0];
  const due = task?.due ?? '';
  const counted = task?.dueRule?.counted?.at(-1) ?? '';
  await enter(page, 'administration-system_administrator-1');
  await page.goto(`/settings/calendar?year=${counted.slice(0, 4)}`);
  await page.getByRole('button', { name: counted }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByPlaceholder(/名称/).fill('停电检修');
  await dialog.getByLabel('依据文件').fill('铁西政发〔2026〕8号');
  await dialog.getByRole('button', { name: '提出变更' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('.change').first()).toContainText('停电检修');
  await expect(page.locator('.change').first()).toContainText('须由另一人确认');

  await enter(page, 'administration-system_administrator-2');
  await page.goto('/settings/calendar');
  await page.getByRole('button', { name: '确认生效' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认生效' }).click();
  await expect(page.getByText(/正在重算|已完成|正在查找/).first()).toBeVisible();
  await expect(page.getByText('已完成').first()).toBeVisible({ timeout: 60_000 });
  const moved = (await supervisor.get<CaseView>(`/cases/${no}`)).tasks[0];
  expect(Date.parse(moved?.due ?? '')).toBeGreaterThan(Date.parse(due));
});
