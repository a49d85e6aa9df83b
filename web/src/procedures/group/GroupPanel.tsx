import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLines } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { Totals } from '../../case/lines/Totals';

/** Which registered group the case is about and, of a transition, how its people stand. */
export function GroupPanel({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const group = view.group ?? '';
  return (
    <>
      {group && (
        <section className="box" aria-label={t('groups:group')}>
          <span className="quiet">{t('groups:group')}</span>{' '}
          <Link to={`/groups/${group}`}>{t('groups:openGroup')}</Link>
        </section>
      )}
      {view.type === 'transition' && <Moving view={view} />}
    </>
  );
}

function Moving({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const totals = useLines(view.no).data?.pages[0]?.totals;
  if (!totals) return null;
  return (
    <section className="box" aria-label={t('handover.totals')}>
      <Totals totals={totals} />
    </section>
  );
}
