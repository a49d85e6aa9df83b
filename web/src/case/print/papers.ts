import type { CaseView } from '../../api/types';

export const PAPERS = ['slip', 'notice', 'closing', 'outstanding', 'manifest', 'transmission'] as const;
export type Paper = (typeof PAPERS)[number];

/** The papers a case has, by its procedure. */
export function papersOf(view: Pick<CaseView, 'type' | 'plan'>): Paper[] {
  if (view.type === 'archive') return ['manifest', 'transmission'];
  const papers: Paper[] = ['slip'];
  if (view.type === 'handover' && view.plan.some((step) => step.outcome === 'returned')) papers.push('notice');
  if (view.type === 'handover' || view.type === 'intake') papers.push('closing', 'outstanding');
  return papers;
}
