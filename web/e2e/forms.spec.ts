// The interim forms from the decided handover to their registration, and from there to the basic form: every
// stage of the entrustment (F2), the whole transfer (F3) and the transition is signed on screen. The API brings
// the handovers to their wait, receives people as the communities do, and says who signs next.
import { expect, type Page, test } from '@playwright/test';
import { approveOnScreen, open, press, send } from './support/acts';
import { approve, as, type CaseView, dutyOf } from './support/api';
import { enter } from './support/screen';
import { inventedNumber } from './support/workbook';
import { archivesApart, carry, SUPERVISOR, smallBatch } from './support/world';

const CLERK = 'enterprise-1-clerk-1';
const BODY = '沈阳兴工机械集团（虚构）退休人员管理服务中心';

/** A batch whose form is decided, at its wait; answers the case that brings its people under the form. */
async function decided(
  form: string,
  documents: string[],
  people: { name: string; idNumber: string }[],
): Promise<string> {
  const no = await smallBatch(await as(CLERK), people);
  const supervisor = await as(SUPERVISOR);
  await carry(no, (view) => view.stage === 'form-proposal');
  const duty = await dutyOf(no, supervisor);
  if (!duty) throw new Error('nobody may propose the form');
  await approve(duty, { formOfManagement: form, formReason: '位于独立工矿区', formDocuments: documents });
  await carry(no, (view) => view.stage === 'intakes');
  const child = `${no}-${form}`;
  await expect
    .poll(async () =>
      (await supervisor.get<{ items: CaseView[] }>(`/cases/${no}/children`)).items.map((item) => item.no),
    )
    .toContain(child);
  return child;
}

/** Opens a case as whoever signs its next task. */
async function next(page: Page, no: string, stage: string): Promise<void> {
  const duty = await dutyOf(no, await as(SUPERVISOR));
  expect(duty?.task.stage).toBe(stage);
  await enter(page, duty?.username ?? '');
  await open(page, no);
}

async function sign(page: Page): Promise<void> {
  await send(await press(page, '同意'), '同意', '已核对，同意。');
}

/** Fills in a row of a list of records, adding it where it is not there. */
async function row(page: Page, field: string, at: number, values: Record<string, string>): Promise<void> {
  const list = page.locator(`#field-${field}`);
  if ((await list.locator('tbody tr').count()) <= at) await list.getByRole('button', { name: '添加一条' }).click();
  for (const [key, value] of Object.entries(values)) await page.locator(`#field-${field}-${at}-${key}`).fill(value);
}

/** The choices of a row are radio buttons. */
async function choose(page: Page, field: string, at: number, ...words: string[]): Promise<void> {
  const line = page.locator(`#field-${field} tbody tr`).nth(at);
  for (const [n, word] of words.entries())
    await line.locator('.ant-radio-group').nth(n).getByText(word, { exact: true }).click();
}

test('a group is entrusted (F2), registered, and moves to the basic form', async ({ page }) => {
  test.setTimeout(300_000);
  await archivesApart();
  const names = ['韩委托', '唐委托'];
  const no = await decided(
    'F2',
    ['commissioning-letter'],
    names.map((name, n) => ({ name, idNumber: inventedNumber(430 + n) })),
  );

  // The commissioning letter: the uniform name, rules and duties are each confirmed.
  await next(page, no, 'commission');
  await page.getByRole('radio', { name: '远离城市的独立工矿区' }).check();
  for (const words of [/机构名称已按统一要求核定/, /统一的规章制度已印发/, /统一的工作职责已明确/])
    await page.getByRole('checkbox', { name: words }).check();
  await sign(page);
  await next(page, no, 'commission-approval');
  await sign(page);
  await next(page, no, 'body-staff');
  await page.getByRole('checkbox', { name: /接受委托/ }).check();
  await row(page, 'staff', 0, { name: '王敏', duty: '联络走访' });
  await row(page, 'staff', 1, { name: '李强', duty: '资格认证' });
  await sign(page);

  // Whoever has not passed cannot stay on the list.
  await next(page, no, 'training');
  await choose(page, 'assessments', 0, '合格');
  await choose(page, 'assessments', 1, '不合格');
  const failed = await press(page, '同意');
  await failed.locator('textarea').last().fill('考核完成。');
  await failed.getByRole('button', { name: '同意', exact: true }).last().click();
  await expect(failed.getByText(/李强考核不合格/)).toBeVisible();
  await failed.getByRole('button', { name: /取\s*消/ }).click();
  await choose(page, 'assessments', 1, '合格');
  await sign(page);
  await next(page, no, 'training-review');
  await sign(page);
  await next(page, no, 'registration');
  await expect(page.getByText(`GL-${no}`)).toBeVisible();
  await sign(page);

  // The bureau's clerk finds the group with its people and begins the transition.
  await enter(page, 'bureau-clerk-1');
  await page.goto('/groups');
  await page.getByRole('link', { name: BODY }).click();
  await expect(page.locator('[data-fact="people"] dd')).toHaveText('2 人');
  await page.getByRole('button', { name: '发起过渡' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('#transition-street').click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '（2 人）' }).click();
  await dialog.getByRole('button', { name: '发起过渡（2 人）' }).click();
  await expect(page).toHaveURL(/\/cases\/GD-/);
  const moving = page.url().split('/').pop() ?? '';
  await page.locator('#field-planReason').fill('社区已具备接收条件');
  await sign(page);
  await next(page, moving, 'transition-allocation');
  await sign(page);

  // A community without a Party organisation is not ready, and nobody else could go.
  await next(page, moving, 'readiness');
  await choose(page, 'readiness', 0, '是', '是', '否');
  const unready = await press(page, '同意');
  await unready.locator('textarea').last().fill('已核查。');
  await unready.getByRole('button', { name: '同意', exact: true }).last().click();
  await expect(unready.getByText(/没有条件齐备的社区/)).toBeVisible();
  await unready.getByRole('button', { name: /取\s*消/ }).click();
  await choose(page, 'readiness', 0, '是', '是', '是');
  await sign(page);
  for (const stage of ['street-consent', 'transition-examination', 'transition-decision']) {
    await next(page, moving, stage);
    await sign(page);
  }
  await next(page, moving, 'notice-enterprise');
  await page.getByRole('checkbox', { name: /已收到过渡通知/ }).check();
  await sign(page);
  await carry(moving, (view) => view.stage === 'transition-closing');
  for (const username of ['bureau-head-1', 'street-001-head-2']) {
    await enter(page, username);
    await approveOnScreen(page, moving);
  }
  await expect(page.locator('.case-head')).toContainText('办结');

  // The registration is closed with the last one gone; the person's history keeps the old form.
  await enter(page, 'bureau-clerk-1');
  await page.goto('/groups?state=closed');
  await page.getByRole('link', { name: BODY }).click();
  await expect(page.locator('[data-fact="closed"] dd')).toBeVisible();
  const found = await (await as(CLERK)).get<{ items: { id: string }[] }>(
    `/people?q=${encodeURIComponent(names[0] ?? '')}`,
  );
  await enter(page, CLERK);
  await page.goto(`/people/${found.items[0]?.id ?? ''}`);
  await expect(page.locator('[data-fact="community"] dd')).toHaveText(/建农社区/);
  await expect(page.locator('[data-fact="form"] dd')).toHaveText(/^F1 /);
  await expect(page.getByRole('region', { name: '变更记录' })).toContainText(BODY);
});

test('a body, its staff and its facilities are transferred together (F3)', async ({ page }) => {
  test.setTimeout(240_000);
  const people = [{ name: '曹移交', idNumber: inventedNumber(440) }];
  const no = await decided('F3', ['organisation-annex', 'staff-annex', 'asset-annex'], people);

  await next(page, no, 'annexes');
  await row(page, 'organisation', 0, { name: '退休科', head: '赵刚', posts: '3' });
  await row(page, 'staff', 0, { name: '王敏', post: '科员' });
  await row(page, 'staff', 1, { name: '李强', post: '科员' });
  await row(page, 'assets', 0, { name: '桌椅', quantity: '40', unit: '套', place: '活动室' });
  await sign(page);
  await next(page, no, 'annexes-confirm');
  await sign(page);
  await next(page, no, 'group-approval');
  await page.locator('#field-documentNumber').fill('国资〔2026〕8号');
  await page.locator('#field-documentIssuer').fill('市国资委');
  await page.locator('#field-documentOn').fill('2026-10-08');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: /无偿划转/ }).check();
  await sign(page);
  await next(page, no, 'asset-registration');
  await page.locator('#field-assetRegister').fill('GZ-2026-118');
  await sign(page);

  // Both sides count; a difference has to be explained, and stands on the takeover sheet.
  await next(page, no, 'asset-count');
  await row(page, 'countSent', 0, { counted: '40' });
  await sign(page);
  await next(page, no, 'asset-count-check');
  await row(page, 'countReceived', 0, { counted: '38' });
  const differs = await press(page, '同意');
  await differs.locator('textarea').last().fill('清点完毕。');
  await differs.getByRole('button', { name: '同意', exact: true }).last().click();
  await expect(differs.getByText(/数量不一致/)).toBeVisible();
  await differs.getByRole('button', { name: /取\s*消/ }).click();
  await row(page, 'countReceived', 0, { difference: '2 套已报废' });
  await sign(page);
  await next(page, no, 'staff-placement');
  await choose(page, 'placements', 0, '是');
  await choose(page, 'placements', 1, '否');
  await row(page, 'placements', 1, { arrangement: '留企业安置' });
  await sign(page);
  for (const side of ['enterprise-1-head-1', 'bureau-head-1']) {
    await enter(page, side);
    await open(page, no);
    await expect(page.getByText('2 套已报废').first()).toBeVisible();
    await expect(page.getByText('留企业安置').first()).toBeVisible();
    await sign(page);
  }
  await next(page, no, 'registration');
  await sign(page);
  await expect(page.locator('.case-head')).toContainText('办结');

  const found = await (await as(CLERK)).get<{ items: { id: string }[] }>(`/people?q=${encodeURIComponent('曹移交')}`);
  await enter(page, CLERK);
  await page.goto(`/people/${found.items[0]?.id ?? ''}`);
  await expect(page.locator('[data-fact="form"] dd')).toHaveText(/^F3 /);
  await page.locator('[data-fact="body"] dd a').click();
  await expect(page.locator('h1')).toContainText(BODY);
});

test('a review date reaches the board, and a review moves it', async ({ page }) => {
  await enter(page, SUPERVISOR);
  await page.goto('/supervision');
  const due = page.getByRole('region', { name: '到期复查' }).locator('[data-kind="group"]');
  await expect(due).toHaveCount(1);
  await due.getByRole('link').click();
  await expect(page.locator('[data-fact="review"] dd')).toContainText('临近');

  await enter(page, 'bureau-clerk-2');
  await page.goto('/groups');
  await page.getByRole('link', { name: /铁西化工厂/ }).click();
  await page.getByRole('button', { name: '发起复查' }).click();
  await expect(page).toHaveURL(/\/cases\/XF-/);
  const no = page.url().split('/').pop() ?? '';
  const answers: Record<string, Record<string, unknown>> = {
    'review-proposal': { conclusion: 'continue', circumstances: '社区尚在建设' },
  };
  await page.getByRole('radio', { name: '合格', exact: true }).first().check();
  await page.locator('#field-bodyFindings').fill('制度落实到位');
  await choose(page, 'assessments', 0, '合格');
  await choose(page, 'assessments', 1, '合格');
  await sign(page);
  const supervisor = await as(SUPERVISOR);
  for (let duty = await dutyOf(no, supervisor); duty; duty = await dutyOf(no, supervisor))
    await approve(duty, answers[duty.task.stage] ?? {});
  await enter(page, SUPERVISOR);
  await page.goto('/supervision');
  await expect(page.getByRole('region', { name: '到期复查' })).toBeVisible();
  await expect(page.getByText('近期没有到期的复查')).toBeVisible();
});
