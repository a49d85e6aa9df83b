import type { CaseView } from '../../api/types';

export const PAPERS = ['slip', 'notice', 'closing', 'outstanding', 'manifest', 'transmission', 'partyLetter'] as const;
export type Paper = (typeof PAPERS)[number];

/** The papers a case has, by its procedure. */
export function papersOf(view: Pick<CaseView, 'type' | 'plan' | 'party'>): Paper[] {
  if (view.type === 'archive') return ['manifest', 'transmission'];
  if (view.type === 'party')
    // A relation that travels online has no letter to print, and a void one is not printed again.
    return view.party?.letters.some((letter) => letter.way === 'paper' && letter.state !== 'void')
      ? ['partyLetter']
      : [];
  const papers: Paper[] = ['slip'];
  if (view.type === 'handover' && view.plan.some((step) => step.outcome === 'returned')) papers.push('notice');
  if (view.type === 'handover' || view.type === 'intake') papers.push('closing', 'outstanding');
  return papers;
}
