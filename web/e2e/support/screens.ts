import { expect, type Page } from '@playwright/test';
import { tryArchiveDestination, tryBenefit, tryFormOfManagement, tryPartyRouting } from './rules';
import { settled } from './screen';
import type { World } from './world';

/** One screen to be looked at: who opens it, where, and what is done before it is judged. */
export interface ScreenShot {
  name: string;
  /** Undefined: nobody is signed in. */
  as?: string;
  path: (world: World) => string;
  act?: (page: Page) => Promise<void>;
}

const bar = (page: Page, words: RegExp) =>
  page.getByRole('toolbar', { name: /^(办理操作|Acts)$/ }).getByRole('button', { name: words });

/** Opens an act under 更多. */
async function more(page: Page, words: RegExp): Promise<void> {
  await bar(page, /更多|More/).click();
  await page.getByRole('menuitem', { name: words }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

/** Ticks the first tasks of a box and opens the dialog of an act on all of them. */
async function bulk(page: Page, words: RegExp): Promise<void> {
  const ticks = page.locator('.card .ant-checkbox-input');
  await ticks.first().check();
  if ((await ticks.count()) > 1) await ticks.nth(1).check();
  await page
    .getByRole('toolbar', { name: /^(批量办理|Act on several)$/ })
    .getByRole('button', { name: words })
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

export const SCREENS: ScreenShot[] = [
  { name: '01-sign-in', path: () => '/sign-in' },
  { name: '02-inbox-claimable', as: 'bureau-clerk-1', path: () => '/inbox?box=claimable' },
  {
    name: '03-inbox-case',
    as: 'bureau-clerk-1',
    path: (w) => `/inbox?box=claimable&task=${w.acceptance}.4.1&case=${w.acceptance}`,
  },
  {
    name: '04-inbox-bulk',
    as: 'bureau-clerk-1',
    path: () => '/inbox?box=claimable',
    act: async (page) => {
      await page.locator('.card .ant-checkbox-input').first().check();
      await expect(page.locator('.bulk')).toBeVisible();
    },
  },
  { name: '05-inbox-empty', as: 'agency-head-1', path: () => '/inbox?box=todo' },
  { name: '06-inbox-started', as: 'enterprise-1-clerk-1', path: () => '/inbox?box=started' },
  {
    name: '07-return-dialog',
    as: 'bureau-clerk-1',
    path: (w) => `/cases/${w.acceptance}`,
    act: async (page) => {
      await bar(page, /^(退回|Return)$/).click();
      await page.locator('.defect-suggestions input').nth(1).check();
      await page.locator('.defect-suggestions input').nth(8).check();
    },
  },
  {
    name: '08-approve-dialog',
    as: 'bureau-clerk-1',
    path: (w) => `/cases/${w.acceptance}`,
    act: async (page) => {
      await page.keyboard.press('a');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: '09-more-actions',
    as: 'bureau-clerk-1',
    path: (w) => `/cases/${w.acceptance}`,
    act: async (page) => {
      await bar(page, /更多|More/).click();
      await expect(page.getByRole('menu').last()).toBeVisible();
    },
  },
  { name: '10-case-closed', as: 'enterprise-1-clerk-1', path: (w) => `/cases/${w.closed}` },
  { name: '11-case-flow', as: 'enterprise-1-clerk-1', path: (w) => `/cases/${w.closed}?tab=flow` },
  { name: '12-case-journal', as: 'enterprise-1-clerk-1', path: (w) => `/cases/${w.closed}?tab=journal` },
  { name: '13-case-files', as: 'enterprise-1-clerk-1', path: (w) => `/cases/${w.acceptance}?tab=files` },
  { name: '14-case-lines', as: 'enterprise-1-clerk-1', path: (w) => `/cases/${w.closed}?tab=lines` },
  { name: '15-case-children', as: 'enterprise-1-clerk-1', path: (w) => `/cases/${w.closed}?tab=children` },
  { name: '16-prepare', as: 'enterprise-2-clerk-1', path: (w) => `/cases/${w.preparing}` },
  { name: '17-line-editor', as: 'organisation-clerk-1', path: (w) => `/cases/${w.screening}` },
  { name: '18-reception', as: 'community-001017-clerk-1', path: (w) => `/cases/${w.reception}` },
  { name: '19-rosters', as: 'enterprise-2-clerk-1', path: () => '/rosters' },
  { name: '20-roster-upload', as: 'enterprise-2-clerk-1', path: () => '/rosters/new' },
  { name: '21-roster-dry-run', as: 'enterprise-3-clerk-1', path: (w) => `/rosters/${w.roster}?tab=correct` },
  { name: '22-cases', as: 'enterprise-1-clerk-1', path: () => '/cases' },
  { name: '23-procedures', as: 'enterprise-1-clerk-1', path: () => '/procedures' },
  { name: '24-procedure', as: 'enterprise-1-clerk-1', path: () => '/procedures/handover' },
  { name: '25-individual', as: 'community-001017-clerk-1', path: () => '/procedures/handover/individual' },
  { name: '26-people', as: 'enterprise-1-clerk-1', path: () => '/people' },
  { name: '27-person', as: 'enterprise-1-clerk-1', path: (w) => `/people/${w.person}` },
  {
    name: '28-reveal',
    as: 'enterprise-1-clerk-1',
    path: (w) => `/people/${w.person}`,
    act: async (page) => {
      await page
        .getByRole('button', { name: /查看|Reveal/ })
        .first()
        .click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: '29-search',
    as: 'enterprise-1-clerk-1',
    path: () => '/cases',
    act: async (page) => {
      await page.keyboard.press('/');
      await page.getByRole('dialog').getByRole('textbox').fill('YJ-210106');
      await expect(page.locator('.phone-call .sentence')).toBeVisible();
    },
  },
  {
    name: '30-keys',
    as: 'enterprise-1-clerk-1',
    path: () => '/people',
    act: async (page) => {
      await page.locator('h1').first().click();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  { name: '31-print', as: 'enterprise-1-clerk-1', path: (w) => `/print/cases/${w.closed}/slip` },
  { name: '35-case-returned', as: 'enterprise-1-clerk-1', path: (w) => `/cases/${w.returned}` },
  { name: '37-archives-start', as: 'enterprise-1-clerk-1', path: () => '/procedures/archive/start' },
  { name: '38-archives-lines', as: 'enterprise-1-clerk-1', path: (w) => `/cases/${w.archive}?tab=lines` },
  { name: '41-archives-receipt', as: 'archive-clerk-1', path: (w) => `/cases/${w.archive}` },
  { name: '42-verification', path: (w) => `/verify/${w.code}` },
  { name: '43-party-start', as: 'party-enterprise-1-clerk-1', path: () => '/procedures/party/start' },
  { name: '44-party-letters', as: 'party-enterprise-1-clerk-1', path: (w) => `/cases/${w.party}` },
  { name: '45-party-person', as: 'party-enterprise-1-clerk-1', path: (w) => `/people/${w.member}` },
  { name: '47-party-acceptance', as: 'party-street-001-clerk-1', path: (w) => `/cases/${w.party}` },
  { name: '36-not-found', as: 'enterprise-1-clerk-1', path: () => '/cases/YJ-210106-20000101-0001' },
  { name: '50-supervision', as: 'supervision-supervisor-1', path: () => '/supervision?measure=open' },
  {
    name: '51-supervise-dialog',
    as: 'supervision-supervisor-1',
    path: () => '/supervision?measure=open',
    act: async (page) => {
      await page
        .getByRole('button', { name: /^(督办|Supervise)$/ })
        .first()
        .click();
      await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeVisible();
    },
  },
  { name: '52-calendar', as: 'administration-system_administrator-1', path: () => '/settings/calendar?year=2026' },
  {
    name: '53-calendar-dialog',
    as: 'administration-system_administrator-1',
    path: () => '/settings/calendar?year=2026',
    act: async (page) => {
      await page.getByRole('button', { name: '2026-12-01' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  { name: '54-jurisdiction', as: 'administration-system_administrator-1', path: () => '/settings/jurisdiction' },
  { name: '55-faults', as: 'administration-system_administrator-1', path: () => '/settings/faults' },
  { name: '56-rules', as: 'administration-system_administrator-1', path: () => '/rules' },
  {
    name: '57-rules-form',
    as: 'community-001017-clerk-1',
    path: () => '/rules?rule=form-of-management',
    act: async (page) => {
      await tryFormOfManagement(page);
      await expect(page.locator('.trial-result')).toBeVisible();
    },
  },
  {
    name: '58-rules-party',
    as: 'community-001017-clerk-1',
    path: () => '/rules?rule=party-routing',
    act: async (page) => {
      await tryPartyRouting(page, '2');
      await expect(page.locator('.trial-result')).toBeVisible();
    },
  },
  {
    name: '59-rules-archive',
    as: 'community-001017-clerk-1',
    path: () => '/rules?rule=archive-destination',
    act: async (page) => {
      await tryArchiveDestination(page, /一般退休人员|Ordinary/, '210106');
      await expect(page.locator('.trial-result')).toBeVisible();
    },
  },
  {
    name: '59a-rules-benefit',
    as: 'community-001017-clerk-1',
    path: () => '/rules?rule=benefit',
    act: async (page) => {
      await tryBenefit(page, '33822');
      await expect(page.locator('.trial-sums')).toBeVisible();
    },
  },
  {
    name: '60-notices',
    as: 'enterprise-1-clerk-1',
    path: () => '/cases',
    act: async (page) => {
      await page.locator('.bell').click();
      await expect(page.locator('.notices li').first()).toBeVisible();
    },
  },
  { name: '61-substitutes', as: 'bureau-head-1', path: () => '/settings/substitutes' },
  {
    name: '62-substitute-dialog',
    as: 'bureau-head-1',
    path: () => '/settings/substitutes',
    act: async (page) => {
      await page
        .getByRole('button', { name: /设置代理|Set a substitute/ })
        .first()
        .click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  { name: '63-phrases', as: 'bureau-clerk-1', path: () => '/settings/phrases' },
  {
    name: '64-leavers',
    as: 'enterprise-1-head-1',
    path: () => '/settings/handover',
    act: async (page) => {
      await page.locator('#hand-over-from').click();
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
      await expect(page.locator('.box h2')).toBeVisible();
      await settled(page);
    },
  },
  {
    name: '65-add-signer',
    as: 'bureau-clerk-1',
    path: (w) => `/cases/${w.acceptance}`,
    act: async (page) => more(page, /^(加签|Add signers)$/),
  },
  {
    name: '66-suspend',
    as: 'bureau-clerk-1',
    path: (w) => `/cases/${w.acceptance}`,
    act: async (page) => more(page, /^(中止|Suspend)$/),
  },
  {
    name: '67-extend',
    as: 'bureau-head-1',
    path: (w) => `/cases/${w.acceptance}`,
    act: async (page) => more(page, /^(延长时限|Extend the deadline)$/),
  },
  {
    name: '68-past',
    as: 'bureau-clerk-1',
    path: (w) => `/cases/${w.returned}?tab=journal`,
    act: async (page) => {
      await page
        .getByRole('button', { name: /看当时|See the case then/ })
        .last()
        .click();
      await page.getByRole('button', { name: /对比|Compare/ }).click();
      await expect(page.locator('.comparison')).toBeVisible();
    },
  },
  {
    name: '69-view-dialog',
    as: 'bureau-clerk-1',
    path: () => '/inbox?box=claimable&type=handover',
    act: async (page) => {
      await page.getByRole('button', { name: /保存为视图|Save as a view/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: '70-phrase-dialog',
    as: 'bureau-clerk-1',
    path: () => '/settings/phrases',
    act: async (page) => {
      await page
        .getByRole('button', { name: /修改常用意见|Change the phrase/ })
        .first()
        .click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: '71-view-shared',
    as: 'bureau-clerk-1',
    path: () => '/inbox?box=claimable&sort=opened',
    act: async (page) => {
      await page.getByRole('button', { name: /修改视图|Change the view/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: '72-bulk-approve',
    as: 'bureau-clerk-1',
    path: () => '/inbox?box=claimable',
    act: async (page) => bulk(page, /^(同意|Approve)$/),
  },
  {
    name: '73-bulk-transfer',
    as: 'bureau-clerk-1',
    path: () => '/inbox?box=claimable',
    act: async (page) => bulk(page, /^(转办|Transfer)$/),
  },
  {
    // Urging changes little, and what was urged within a day is refused: results of both kinds.
    name: '74-bulk-results',
    as: 'enterprise-1-clerk-1',
    path: () => '/inbox?box=started',
    act: async (page) => {
      await bulk(page, /^(催办|Urge)$/);
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /^(催办|Urge)$/ }).click();
      await expect(page.locator('.bulk-results li').first()).toBeVisible();
    },
  },
  {
    name: '75-reassign',
    as: 'supervision-supervisor-1',
    path: () => '/supervision?measure=open',
    act: async (page) => {
      await page
        .getByRole('button', { name: /^(改派|Reassign)$/ })
        .first()
        .click();
      await expect(page.locator('#target-user')).toBeVisible();
    },
  },
  { name: '76-archive-loan', as: 'enterprise-1-clerk-1', path: (w) => `/cases/${w.loan}` },
  { name: '77-groups', as: 'bureau-clerk-1', path: () => '/groups' },
  { name: '78-group', as: 'bureau-clerk-1', path: (w) => `/groups/${w.group}` },
  {
    name: '79-transition-dialog',
    as: 'bureau-clerk-1',
    path: (w) => `/groups/${w.group}`,
    act: async (page) => {
      await page.getByRole('button', { name: /^(发起过渡|Start a transition)$/ }).click();
      await expect(page.locator('.transition-people li').first()).toBeVisible();
    },
  },
  { name: '80-form-review', as: 'bureau-clerk-1', path: (w) => `/cases/${w.review}` },
  { name: '81-death', as: 'community-001017-clerk-1', path: (w) => `/cases/${w.death}` },
  { name: '82-claim', as: 'community-001017-clerk-1', path: (w) => `/cases/${w.dispute}` },
  { name: '83-benefit', as: 'agency-reviewer-1', path: (w) => `/cases/${w.benefit}` },
  { name: '84-recovery', as: 'agency-clerk-1', path: (w) => `/cases/${w.recovery}` },
  { name: '85-statistics', as: 'agency-clerk-1', path: () => '/statistics' },
  { name: '86-payments', as: 'agency-fund_cashier-1', path: () => '/payments' },
  { name: '87-family', path: () => '/q' },
];
