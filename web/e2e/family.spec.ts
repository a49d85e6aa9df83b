// The family asks where its case is: on an old phone, without a script, with the code of the slip and four characters
// of a number. Whoever guesses has to wait. What it is told by message is captured, and names nobody.
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { approve, as, type CaseView, dutyOf } from './support/api';
import { carryDeath } from './support/deaths';
import { inventedNumber } from './support/workbook';
import { carry, individual } from './support/world';

const COUNTER = 'community-001017-clerk-1';
const SHOTS = process.env.JIELI_SHOTS;
const HEIR = inventedNumber(472);

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/family-${name}.png`, fullPage: true });
}

/** A narrow phone that runs no script. */
async function oldPhone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
  return context.newPage();
}

async function asks(page: Page, digits: string): Promise<void> {
  await page.getByLabel(/^(身份证号最后四位|Last four of the ID number)$/).fill(digits);
  await page.getByRole('button', { name: /^(查询|Look it up)$/ }).click();
}

/** Large type, nothing beyond the edge, no serious violation. */
async function readable(page: Page): Promise<void> {
  const measured = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    least: Math.min(
      ...Array.from(document.querySelectorAll('p, li, label, input, button, a, h1, h2'), (element) =>
        Number.parseFloat(getComputedStyle(element).fontSize),
      ),
    ),
  }));
  expect(measured.wide).toBeLessThanOrEqual(360);
  expect(measured.least).toBeGreaterThanOrEqual(20);
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  expect(violations.filter((each) => each.impact === 'serious' || each.impact === 'critical')).toEqual([]);
}

let claim = '';
let code = '';

test.beforeAll(async () => {
  test.setTimeout(240_000);
  await carry(await individual(await as('enterprise-1-clerk-1'), '孙亲属', inventedNumber(471)), () => false);
  const counter = await as(COUNTER);
  const people = await counter.get<{ items: { id: string }[] }>('/people?q=孙亲属');
  const person = people.items[0]?.id ?? '';
  const form = { diedOn: '2026-10-05', source: 'family', reporter: '孙家属', relation: '子女' };
  const report = await counter.send<CaseView>('POST', '/cases', {
    type: 'death',
    subject: person,
    form: { ...form, reporterPhone: '13700000042' },
  });
  await carryDeath(report.no);
  const claimants = [
    {
      name: '孙家属',
      relation: '子女',
      idNumber: HEIR,
      bank: '中国工商银行',
      account: '6222020000001234',
      phone: '13900000042',
      share: 10_000,
    },
  ];
  claim = (await counter.send<CaseView>('POST', '/cases', { type: 'benefit', subject: person, form: { claimants } }))
    .no;
  const duty = await dutyOf(claim, counter);
  if (!duty) throw new Error('nobody takes the claim in');
  await approve(duty, { cause: 'illness', otherScheme: 'no', arrangement: 'sole', undertaking: true });
  code = (await counter.get<{ code: string }>(`/cases/${claim}/papers/family?version=1`)).code;
});

test('a family finds out where its case is', async ({ browser, page }) => {
  const phone = await oldPhone(browser);
  await phone.goto(`/q/${code}`);
  await expect(phone.getByLabel('查询码')).toHaveValue(code.replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3'));
  await shot(phone, 'form');
  await asks(phone, '0000');
  await expect(phone.getByRole('alert')).toContainText('没有查到');
  await shot(phone, 'wrong');
  await asks(phone, HEIR.slice(-4));
  const told = phone.getByRole('status');
  await expect(told).toContainText('遗属待遇申领');
  await expect(told).toContainText('社保经办机构正在审核');
  await expect(phone.locator('ol.steps .now')).toContainText('审核');
  await expect(phone.getByText('这一步什么时候办完')).toBeVisible();
  for (const secret of ['孙', '子女', '1234', HEIR.slice(-4), claim])
    await expect(phone.locator('body')).not.toContainText(secret);
  await shot(phone, 'answer');

  // The same with a script engine, which axe needs, and in English.
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`/q/${code}`);
  await readable(page);
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(new RegExp(`/q/${code}\\?lang=en$`));
  await readable(page);
  await asks(page, HEIR.slice(-4));
  await expect(page.getByRole('status')).toContainText('The insurance agency is checking it.');
  await readable(page);
  await shot(page, 'answer-en');
});

test('whoever guesses has to wait', async ({ browser }) => {
  const phone = await oldPhone(browser);
  await phone.goto('/q');
  for (let n = 1; n <= 6; n++) {
    await phone.getByLabel('查询码').fill(code.toLowerCase());
    await asks(phone, `000${n}`);
    await expect(phone.getByRole('alert')).toContainText(n <= 5 ? '没有查到' : '15 分钟后再试');
  }
  await asks(phone, HEIR.slice(-4));
  await expect(phone.getByRole('alert')).toContainText('15 分钟后再试');
  await shot(phone, 'locked');
});

test('what the family is told by message is captured', async ({ page }) => {
  await expect(async () => {
    await page.goto('/demo/messages');
    await expect(page.getByText('您家的申领已受理').first()).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole('row', { name: /139\*+42/ }).first()).toContainText('建农社区');
  await expect(page.getByRole('row', { name: /137\*+42/ }).first()).toContainText('已核实');
  await expect(page.locator('table')).not.toContainText('孙');
  await shot(page, 'messages');
});
