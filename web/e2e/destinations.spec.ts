// One batch with everybody the policy speaks of: ordinary retirees, a Party member of each rule, a cadre of county
// level, a centrally managed leader, one who died before, one who moves meanwhile, one whom another enterprise has
// listed as well. Every line ends where the policy says, the packet of archives comes back once, and the papers
// of all of it are printed and verified. The turns are taken on screen; the API carries what lies between them.
import { expect, type Page, test } from '@playwright/test';
import { approveOnScreen, open, pick, press, send } from './support/acts';
import { as, type CaseView, carryParty, dutyOf, type Schemas } from './support/api';
import { printed } from './support/papers';
import { enter } from './support/screen';
import { inventedNumber } from './support/workbook';
import { carry, individual, SUPERVISOR, smallBatch } from './support/world';

const CLERK = 'enterprise-1-clerk-1';
const ORGANISER = 'party-enterprise-1-clerk-1';
const HOME = '210106001017';
const NEIGHBOUR = '燕塞湖社区';

const NAMES = [
  '普通甲',
  '普通乙',
  '返聘丙',
  '受聘丁',
  '分离戊',
  '常住己',
  '县管庚',
  '中管辛',
  '已故壬',
  '迁居癸',
  '重复子',
];
const MEMBERS = NAMES.slice(2, 6);
/** Row of the list, where the heading is the first. */
const row = (name: string) => NAMES.indexOf(name) + 2;
const number = (name: string) => inventedNumber(460 + NAMES.indexOf(name));

/** What the rule has to know of each member, and what it answers. */
const CIRCUMSTANCES: Record<string, { facts: Record<string, unknown>; rule: string; ends: string }> = {
  返聘丙: { facts: { rehired: true }, rule: 'P1', ends: 'stays' },
  受聘丁: {
    facts: { employedElsewhere: true, awayMonths: 8, organisation: '中共沈阳市外某公司委员会' },
    rule: 'P2',
    ends: 'done',
  },
  分离戊: { facts: {}, rule: 'P3', ends: 'done' },
  常住己: { facts: {}, rule: 'P4', ends: 'done' },
};

type Line = Schemas['Line'];

async function linesOf(username: string, no: string): Promise<Map<string, Line>> {
  const { items } = await (await as(username)).get<{ items: Line[] }>(`/cases/${no}/lines?limit=50`);
  return new Map(items.map((line) => [NAMES[line.row - 2] ?? '', line]));
}

/** Opens a case as whoever signs its next task, and answers who that is. */
async function asNext(page: Page, no: string): Promise<string> {
  const duty = await dutyOf(no, await as(SUPERVISOR));
  if (!duty) throw new Error(`nobody may sign ${no}`);
  await enter(page, duty.username);
  await open(page, no);
  return duty.task.stage;
}

const option = (page: Page, words: string) =>
  page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: words }).first();

async function childOf(no: string, suffix: string): Promise<string> {
  const supervisor = await as(SUPERVISOR);
  for (;;) {
    const { items } = await supervisor.get<{ items: CaseView[] }>(`/cases/${no}/children`);
    const found = items.find((item) => item.no.endsWith(suffix));
    if (found) return found.no;
  }
}

test('a batch with everybody the policy speaks of', async ({ page }) => {
  test.setTimeout(600_000);
  const supervisor = await as(SUPERVISOR);

  // Another enterprise has listed one of them before, and its list is screened already.
  const other = await individual(await as('enterprise-2-clerk-1'), '重复子', number('重复子'));
  await carry(other, (view) => view.stage === 'pension-match');

  const no = await smallBatch(
    await as(CLERK),
    NAMES.map((name) => ({
      name,
      idNumber: number(name),
      political: MEMBERS.includes(name) ? '中共党员' : '群众',
      cadre: name === '县管庚' ? '县级以上党委管理干部' : name === '中管辛' ? '中央管理干部' : '',
      hukou: name === '分离戊' ? '210106001018' : HOME,
    })),
  );
  await carry(no, (view) => view.stage === 'pension-match');

  // After the screening the centrally managed leader is a row number, and the double listing is being decided.
  let lines = await linesOf('agency-clerk-1', no);
  expect(lines.get('中管辛')).toMatchObject({ name: '', idNumber: '', outcome: 'excluded' });
  expect(lines.get('重复子')).toMatchObject({ outcome: 'returned' });
  const dispute = lines.get('重复子')?.dispute ?? '';
  expect(lines.get('县管庚')?.cadreClass).toBeUndefined();

  // The agency knows that one has died.
  expect(await asNext(page, no)).toBe('pension-match');
  await page.getByRole('combobox', { name: `比对结果 ${row('已故壬')}` }).click();
  await option(page, '移交前已去世').click();
  await page.getByRole('button', { name: '保存更正（1 处）' }).click();
  await expect(page.getByText(/处改动未保存/)).toHaveCount(0);
  await send(await press(page, '同意'), '同意', '已核对。');
  await carry(no, (view) => view.stage === 'intakes');

  // Both enterprises say why, and the bureau decides for the one that listed the person first.
  await asNext(page, dispute);
  await expect(page.getByRole('region', { name: '双方申报情况' })).toContainText(other);
  await page.locator('#field-claim').fill('劳动关系在本企业');
  await send(await press(page, '同意'), '同意', '报请认定。');
  await asNext(page, dispute);
  await page.locator('#field-reply').fill('退休审批由本企业报送');
  await send(await press(page, '同意'), '同意', '已说明。');
  await asNext(page, dispute);
  await page.getByRole('radio', { name: '先申报的企业' }).check();
  await page.locator('#field-decisionReason').fill('以退休审批单位为准');
  await send(await press(page, '同意'), '同意', '建议由先申报的企业移交。');
  await asNext(page, dispute);
  await send(await press(page, '同意'), '同意', '同意。');

  // One has moved to the neighbouring community meanwhile, and is received there.
  const intake = await childOf(no, '-001');
  await carry(intake, (view) => view.stage === 'receptions');
  const moving = await childOf(intake, `-${String(row('迁居癸')).padStart(4, '0')}`);
  await asNext(page, moving);
  await pick(page, 'field-outcome', '转其他社区');
  await page.locator('#field-newCommunity').click();
  await page.locator('#field-newCommunity').fill(NEIGHBOUR);
  await option(page, NEIGHBOUR).click();
  await send(await press(page, '同意'), '同意', '本人已迁居。');
  await asNext(page, moving);
  await send(await press(page, '同意'), '同意', '同意转出。');
  await carry(intake, () => false);

  // The packet comes back once for a broken seal, whole, and is received the second time.
  const archive = `${no}-DA`;
  await carry(archive, (view) => view.stage === 'archive-receipt');
  await asNext(page, archive);
  await page.getByRole('radio', { name: '破损' }).check();
  const back = await press(page, '退回');
  await pick(page, 'to-stage', '整理归档');
  await send(back, '退回', '封条破损，请重新整理密封。');
  await page.goto(`/cases/${archive}?tab=lines`);
  await expect(page.getByText('退回途中').first()).toBeVisible();
  await carry(archive, () => false);
  const held = (await linesOf(CLERK, archive)).size;
  expect(held).toBe(NAMES.length - 4);

  // Each member's relation goes by its own rule; the organiser sees them in the matrix, the clerk does not.
  lines = await linesOf(ORGANISER, no);
  for (const name of MEMBERS) {
    const relation = lines.get(name)?.relation ?? '';
    await carryParty(relation, ORGANISER, CIRCUMSTANCES[name]?.facts ?? {});
    const view = await (await as(ORGANISER)).get<CaseView>(`/cases/${relation}`);
    expect(view.form.rule, name).toBe(CIRCUMSTANCES[name]?.rule);
  }
  await expect.poll(async () => (await supervisor.get<CaseView>(`/cases/${no}`)).stage).toBe('party-check');
  await enter(page, ORGANISER);
  await page.goto(`/cases/${no}?tab=lines`);
  await expect(page.getByRole('columnheader', { name: '组织关系' })).toBeVisible();
  await approveOnScreen(page, no);
  for (const username of ['enterprise-1-head-1', 'bureau-head-1']) {
    await enter(page, username);
    await approveOnScreen(page, no);
  }
  await expect(page.locator('.case-head')).toContainText('办结');

  // Every line has ended where the policy says.
  lines = await linesOf(ORGANISER, no);
  const ends = Object.fromEntries([...lines].map(([name, line]) => [name, [line.outcome, line.cells.party ?? '']]));
  const received = ['received', ''];
  expect(ends).toEqual({
    ...Object.fromEntries(NAMES.map((name) => [name, received])),
    ...Object.fromEntries(MEMBERS.map((name) => [name, ['received', CIRCUMSTANCES[name]?.ends]])),
    中管辛: ['excluded', ''],
    已故壬: ['died', ''],
    重复子: ['returned', ''],
  });
  expect(lines.get('迁居癸')?.communityName).toBe(NEIGHBOUR);
  expect([...(await linesOf(CLERK, no)).values()].every((line) => !('party' in line.cells))).toBe(true);

  // The cadre's archive stays where it was, until the review date.
  await enter(page, 'bureau-clerk-1');
  await page.goto(`/people/${lines.get('县管庚')?.person}`);
  await expect(page.locator('[data-fact="archive-holder"]').first()).toContainText('组织部');

  // The papers of the batch, each with its code: a camera finds where it verifies.
  await enter(page, CLERK);
  for (const [paper, words] of [
    ['closing', ['普通甲', '迁居癸']],
    ['outstanding', ['已故壬']],
    ['agreement', ['移交']],
  ] as const) {
    const found = await printed(page, no, paper);
    for (const word of [no, ...words]) expect(found.text).toContain(word);
    await page.goto(found.code);
    await expect(page.getByText('该文书由本系统出具')).toBeVisible();
  }
  const manifest = await printed(page, archive, 'manifest');
  expect(manifest.text).not.toContain('县管庚');
  await enter(page, ORGANISER);
  const letter = await printed(page, lines.get('常住己')?.relation ?? '', 'partyLetter');
  expect(letter.text).toContain('介绍信');
});
