// Papers as whoever holds them reads them: the text, and what a camera finds. Poppler and ZBar are installed with
// the other tools of the tests (scripts/install.sh).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';

export interface Read {
  text: string;
  /** What the first code on the first page holds. */
  code: string;
}

/** Reads a paper out of its PDF. */
export function readPaper(pdf: Buffer): Read {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  try {
    const file = join(folder, 'paper.pdf');
    writeFileSync(file, pdf);
    const text = execFileSync('pdftotext', ['-enc', 'UTF-8', '-layout', file, '-'], { encoding: 'utf8' });
    execFileSync('pdftoppm', ['-r', '150', '-l', '1', '-singlefile', '-gray', '-png', file, join(folder, 'page')]);
    const codes = execFileSync(
      'zbarimg',
      ['--nodbus', '--quiet', '-Sdisable', '-Sqrcode.enable', '--raw', join(folder, 'page.png')],
      {
        encoding: 'utf8',
      },
    );
    return { text, code: codes.split('\n')[0] ?? '' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A paper of a case as the signed-in officer gets it. */
export async function printed(page: Page, no: string, paper: string): Promise<Read> {
  const answer = await page.request.get(`/api/v1/cases/${no}/papers/${paper}.pdf`);
  expect(answer.ok(), `${paper} of ${no}: ${answer.status()}`).toBe(true);
  return readPaper(await answer.body());
}

/** Prints a paper from the menu of the case page that is open, and keeps the file. */
export async function printFromMenu(page: Page, title: string): Promise<Read> {
  await page.getByRole('button', { name: '打印' }).click();
  const [sheet] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('menuitem', { name: title, exact: true }).click(),
  ]);
  const button = sheet.getByRole('link', { name: '下载' });
  await expect(button).toBeVisible({ timeout: 60_000 });
  // The link holds what was made: read there, as a browser without a viewer of its own would keep the frame's too.
  const body = await button.evaluate(async (link: HTMLAnchorElement) =>
    Array.from(new Uint8Array(await (await fetch(link.href)).arrayBuffer())),
  );
  await sheet.close();
  return readPaper(Buffer.from(body));
}
