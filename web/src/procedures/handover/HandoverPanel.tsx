import { useTranslation } from 'react-i18next';
import { useLines } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { Totals } from '../../case/lines/Totals';

/** How many people, and how they stand: the same sum in every stage. */
export function HandoverPanel({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const totals = useLines(view.no).data?.pages[0]?.totals;
  if (!totals) return null;
  return (
    <section className="box" aria-label={t('handover.totals')}>
      <Totals totals={totals} />
    </section>
  );
}
