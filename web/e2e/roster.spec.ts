// The messy roster of a thousand: dry run, correctable workbook, correction, submission – all on screen.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { signIn } from './support/screen';
import { inventedNumber, openWorkbook } from './support/workbook';
import { SAMPLES } from './support/world';

interface Expected {
  people: number;
  rows: { row: number; level: 'ok' | 'warning' | 'blocker' | 'skipped'; codes?: string[] }[];
}

const NOT_PART = ['out_of_scope', 'duplicate_in_file', 'already_managed'];

/** The number a tab of the dry run shows. */
async function tabCount(page: Page, name: string): Promise<number> {
  const text = await page.getByRole('tab', { name: new RegExp(`^${name} \\d+$`) }).textContent();
  return Number(/\d+$/.exec(text ?? '')?.[0]);
}

/** Fills in, in the workbook's own columns, what each row's reason asks for. */
async function corrected(content: Buffer): Promise<Buffer> {
  const workbook = await openWorkbook(content);
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error('the correctable workbook has no sheet');
  const columns = new Map<string, number>();
  sheet.getRow(1).eachCell((cell, column) => columns.set(String(cell.value), column));
  const column = (title: string) => {
    const found = columns.get(title);
    if (!found) throw new Error(`the correctable workbook has no column ${title}`);
    return found;
  };
  let n = 0;
  sheet.eachRow((row, number) => {
    if (number === 1 || /不属于本次移交|同一人只留一行/.test(String(row.getCell(column('原因')).value))) return;
    n++;
    row.getCell(column('职工姓名')).value = `补正${n}`.replace(
      /\d/g,
      (digit) => '零一二三四五六七八九'[Number(digit)] ?? '',
    );
    row.getCell(column('公民身份号码')).value = inventedNumber(n);
    row.getCell(column('性别')).value = '男';
    row.getCell(column('出生年月日')).value = '1955-05-05';
    row.getCell(column('退休时间')).value = '2015-05-05';
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

test('a messy roster is checked, corrected in Excel and submitted', async ({ page }) => {
  const expected = JSON.parse(await readFile(join(SAMPLES, 'roster-messy-1000.expected.json'), 'utf8')) as Expected;
  const blockers = expected.rows.filter((row) => row.level === 'blocker');
  const toCorrect = blockers.filter((row) => row.codes?.some((code) => !NOT_PART.includes(code)));

  await signIn(page, 'enterprise-2-clerk-1');
  await page.getByRole('link', { name: '名册导入' }).click();
  await page.getByRole('link', { name: '上传名册' }).first().click();
  await expect(page.getByRole('heading', { name: '上传名册' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(join(SAMPLES, 'roster-messy-1000.xlsx'));
  await page.getByRole('button', { name: '开始核验' }).click();

  await expect(page.getByRole('tab', { name: /^全部 \d+$/ })).toBeVisible({ timeout: 60_000 });
  expect(await tabCount(page, '全部')).toBe(expected.rows.length);
  expect(await tabCount(page, '需补正')).toBe(toCorrect.length);
  expect(await tabCount(page, '不属于本次移交')).toBe(blockers.length - toCorrect.length);
  expect(await tabCount(page, '提示')).toBe(expected.rows.filter((row) => row.level === 'warning').length);
  expect(await tabCount(page, '已跳过')).toBe(expected.rows.filter((row) => row.level === 'skipped').length);

  // Masked values, filtered by one kind of finding.
  await page.getByRole('tab', { name: /^需补正/ }).click();
  await page.getByRole('combobox', { name: '按问题筛选' }).click();
  await page.getByText(/^身份证号校验 \d+$/).click();
  await expect(page).toHaveURL(/code=id_checksum/);
  await expect(page.getByRole('cell', { name: /校验不通过/ }).first()).toBeVisible();
  await expect(
    page
      .locator('td')
      .filter({ hasText: /\d{6}\*{8,}\d{1}[\dX]/ })
      .first(),
  ).toBeVisible();

  const downloading = page.waitForEvent('download');
  await page.getByTestId('correctable').click();
  const workbook = await corrected(await readFile(await (await downloading).path()));
  await page.locator('.correct input[type=file]').setInputFiles({
    name: '名册已补正.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: workbook,
  });
  await expect(page.getByRole('tab', { name: /^需补正 0$/ })).toBeVisible({ timeout: 60_000 });

  await page.getByRole('button', { name: /^全部移出名册/ }).click();
  await expect(page.getByRole('tab', { name: /^不属于本次移交 0$/ })).toBeVisible();

  const people = expected.people - (blockers.length - toCorrect.length);
  await page.getByRole('button', { name: `确认申报 ${people} 人` }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认申报' }).click();
  await expect(page).toHaveURL(/\/cases\/YJ-/, { timeout: 60_000 });
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`${people} 人`);
  await expect(page.getByTestId('sentence')).toContainText('企业申报');
});
