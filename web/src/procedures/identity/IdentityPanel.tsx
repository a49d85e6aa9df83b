import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAllowed } from '../../api/session';
import type { CaseView } from '../../api/types';
import { Masked } from '../../people/Masked';
import { known } from '../party/route';

/** The number on record and the one asked for; each can be looked at whole, with a reason, to compare them. */
export function IdentityPanel({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const allowed = useAllowed();
  if (!view.subject) return null;
  const open = view.state === 'open';
  const words = (key: string) => {
    const value = known(view, key);
    return typeof value === 'string' ? value : '';
  };
  return (
    <section className="box" aria-label={t('identity.numbers')}>
      <h2>{t('identity.numbers')}</h2>
      <dl className="facts">
        <div data-fact="old-number">
          <dt>{t('identity.old')}</dt>
          <dd>
            <Masked
              person={view.subject}
              field="id_number"
              masked={words('oldNumber')}
              revealable={open && allowed('person.reveal')}
            />
          </dd>
        </div>
        <div data-fact="new-number">
          <dt>{t('identity.new')}</dt>
          <dd>
            <Masked
              person={view.subject}
              field="new_id_number"
              masked={words('newNumber')}
              revealable={open && allowed('person.reveal')}
            />
          </dd>
        </div>
      </dl>
      <Link to={`/people/${view.subject}`}>{t('party.person')}</Link>
    </section>
  );
}
