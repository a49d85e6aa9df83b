import type { CaseView } from '../../api/types';

/** The offices that sign the sheet: those of its last joint stage, else the applicant alone. */
export function signersOf(view: Pick<CaseView, 'plan' | 'officeName'>): string[] {
  const joint = [...view.plan]
    .reverse()
    .find((step) => step.mode === 'all' && step.signers.some((signer) => signer.officeName));
  const names = joint?.signers.map((signer) => signer.officeName ?? '').filter(Boolean) ?? [];
  return names.length > 0 ? [...new Set(names)] : [view.officeName];
}
