import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLines } from '../../api/cases';
import { useAllowed } from '../../api/session';
import type { CaseView } from '../../api/types';
import { useText } from '../../shared/text';

/** Whom the reception is about. */
export function ReceptionPanel({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const text = useText();
  const allowed = useAllowed();
  const line = useLines(view.no).data?.pages[0]?.items[0];
  if (!line) return null;
  const person = line.person || view.subject;
  const facts: [string, string][] = [
    [t('person.name'), line.name],
    [t('person.idNumber'), line.idNumber],
    [t('person.residence'), line.residence],
    [t('person.community'), [line.streetName, line.communityName].filter(Boolean).join(' · ')],
    [t('person.match'), text(line.matchReason)],
  ];
  return (
    <section className="box" aria-label={t('person.title')}>
      <dl className="facts">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {person && allowed('person.read') && <Link to={`/people/${person}`}>{t('person.open')}</Link>}
    </section>
  );
}
