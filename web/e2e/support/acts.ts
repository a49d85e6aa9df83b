// What officers do on a case page: buttons, the menu of further acts, and their dialogs.
import { expect, type Locator, type Page } from '@playwright/test';
import { demoAccounts } from './api';

const bar = (page: Page) => page.getByRole('toolbar', { name: '办理操作' });

export async function open(page: Page, no: string): Promise<void> {
  await page.goto(`/cases/${no}`);
  await expect(page.locator('.case .case-number')).toContainText(no);
}

/** Opens the dialog of an act that stands in the bar. */
export async function press(page: Page, action: string): Promise<Locator> {
  await bar(page).getByRole('button', { name: action, exact: true }).click();
  return page.getByRole('dialog').last();
}

/** Opens the dialog of an act under 更多. */
export async function choose(page: Page, action: string): Promise<Locator> {
  await bar(page).getByRole('button', { name: /更多/ }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  return page.getByRole('dialog').last();
}

/** Picks an entry of a list by its words. */
export async function pick(page: Page, id: string, words: string): Promise<void> {
  await page.locator(`#${id}`).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: words }).first().click();
}

/** Searches an office by name and picks it. */
export async function pickOffice(page: Page, name: string): Promise<void> {
  await page.locator('#target-office').click();
  await page.locator('#target-office').fill(name);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: name }).first().click();
}

/** Sends a dialog and waits until it was accepted. */
export async function send(dialog: Locator, action: string, opinion?: string): Promise<void> {
  if (opinion) await dialog.locator('textarea').last().fill(opinion);
  await dialog.getByRole('button', { name: action, exact: true }).last().click();
  await expect(dialog).toBeHidden();
}

/** Approves what the system proposes. */
export async function approveOnScreen(page: Page, no: string): Promise<void> {
  await open(page, no);
  await send(await press(page, '同意'), '同意', '已核对，同意。');
}

/** An account's name, as screens show it. */
export async function nameOf(username: string): Promise<string> {
  return (await demoAccounts()).find((account) => account.username === username)?.name ?? '';
}
