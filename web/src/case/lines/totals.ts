import type { LineTotals } from '../../api/types';

/** The outcomes in the order of the glossary. */
export const OUTCOMES = [
  'open',
  'received',
  'deferred',
  'returned',
  'moved',
  'elsewhere',
  'out_of_scope',
  'excluded',
  'died',
] as const;

/** The parts of a batch that are not zero, open ones first, and whether they add up. */
export function reconcile(totals: LineTotals): { parts: { outcome: string; count: number }[]; agrees: boolean } {
  const counts: Record<string, number> = { ...totals.outcomes, open: totals.open };
  const order = [...OUTCOMES, ...Object.keys(counts).filter((key) => !(OUTCOMES as readonly string[]).includes(key))];
  const parts = order.map((outcome) => ({ outcome, count: counts[outcome] ?? 0 })).filter((part) => part.count > 0);
  return { parts, agrees: parts.reduce((sum, part) => sum + part.count, 0) === totals.people };
}
