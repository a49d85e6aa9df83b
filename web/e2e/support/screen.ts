import { expect, type Page } from '@playwright/test';
import { PASSWORD } from './api';

/** Signs in on the sign-in page by one click on a demonstration account. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: /按单位、姓名查找|Find by office or name/ }).fill(username);
  await page.locator(`[data-username="${username}"]`).click();
  await expect(page.locator('#main'), `signed in as ${username}`).toBeVisible();
}

/** Signs in without a page; the next one that is loaded is the officer's. */
export async function enter(page: Page, username: string): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
  const answer = await page.request.post('/api/v1/session', { data: { username, password: PASSWORD } });
  expect(answer.ok(), `signed in as ${username}`).toBe(true);
}

/** Chooses the language before any page is loaded. */
export async function speak(page: Page, language: 'zh-CN' | 'en'): Promise<void> {
  await page.addInitScript((chosen) => localStorage.setItem('jieli.language', chosen), language);
}

/** Waits until nothing on the screen is still being read. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.ant-skeleton, [aria-busy="true"], .ant-spin-spinning')).toHaveCount(0);
}

/** Keeps what is on the screen for a person to look at, where JIELI_SHOTS names a folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.JIELI_SHOTS;
  if (!folder) return;
  await settled(page);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
