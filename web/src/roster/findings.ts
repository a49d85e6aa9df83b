import type { RowFilter } from '../api/rosters';
import type { RosterView } from '../api/types';

export const TABS = ['all', 'correct', 'not_part', 'warning', 'skipped'] as const;
export type RowTab = (typeof TABS)[number];

export function tabOf(value: string | null): RowTab {
  return (TABS as readonly string[]).includes(value ?? '') ? (value as RowTab) : 'all';
}

/** The question each tab asks of the API. */
export function filterOf(tab: RowTab, code: string): RowFilter {
  const by: Record<RowTab, RowFilter> = {
    all: {},
    correct: { group: 'correct' },
    not_part: { group: 'not_part' },
    warning: { level: 'warning' },
    skipped: { level: 'skipped' },
  };
  return { ...by[tab], ...(code ? { code } : {}) };
}

/** The number on each tab; a row with both kinds of blocker counts where it must be corrected. */
export function countOf(tab: RowTab, roster: Pick<RosterView, 'totals' | 'notPart'>): number {
  const { totals } = roster;
  switch (tab) {
    case 'all':
      return totals.people + totals.skipped;
    case 'correct':
      return totals.blocker - roster.notPart;
    case 'not_part':
      return roster.notPart;
    case 'warning':
      return totals.warning;
    case 'skipped':
      return totals.skipped;
  }
}

/** How many people go on when the roster is submitted now. */
export function goingOn(roster: Pick<RosterView, 'totals'>): number {
  return roster.totals.ok + roster.totals.warning;
}
