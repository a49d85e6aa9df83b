import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAllowed } from '../../api/session';
import type { CaseView } from '../../api/types';
import { DeathFacts } from './DeathFacts';
import '../procedures.css';

/** What the report or the rescission is about. */
export function DeathPanel({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const allowed = useAllowed();
  if (!view.death) return null;
  return (
    <section className="box" aria-label={t('death.title')}>
      <h2>{t('death.title')}</h2>
      <DeathFacts death={view.death} here={view.no} />
      {view.subject && allowed('person.read') && <Link to={`/people/${view.subject}`}>{t('death.person')}</Link>}
    </section>
  );
}
