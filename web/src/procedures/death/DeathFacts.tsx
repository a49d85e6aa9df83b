import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Death } from '../../api/types';
import { partialDate } from '../../shared/dates';
import { Moment } from '../../shared/Moment';
import { money } from '../../shared/quantities';
import { useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';

/** What is known of a death: its date, the duty of notice, what is silenced, and what is closed or restored. */
export function DeathFacts({ death, here }: { death: Death; here?: string }) {
  const { t } = useTranslation('procedures');
  const text = useText();
  const language = useLanguage();
  const day = (date?: string) => partialDate(date ?? '', language);
  const facts: [string, string, string][] = [
    ['state', t('death.state'), t(`death.states.${death.state}`)],
    ['died', t('death.died'), day(death.diedOn)],
    [
      'notice',
      t('death.notice'),
      death.noticeDue
        ? t(death.noticeLate ? 'death.noticeLate' : 'death.noticeUntil', { date: day(death.noticeDue) })
        : '',
    ],
    ['stops', t('death.stops'), day(death.pensionStops)],
    ['silence', t('death.silence'), t(death.silenced ? 'death.silenced' : 'death.notSilenced')],
    [
      'withheld',
      t('death.withheld'),
      death.state === 'rescinded'
        ? t('death.withheldSum', {
            months: death.withheldMonths ?? 0,
            sum: money(death.withheldFen ?? 0, language),
          })
        : '',
    ],
  ];
  return (
    <>
      <dl className="facts">
        {facts
          .filter(([, , value]) => value)
          .map(([key, label, value]) => (
            <div key={key} data-fact={`death-${key}`}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {death.closed.length === 0 ? (
        <p className="quiet">{t(death.state === 'reported' ? 'death.nothingYet' : 'death.nothing')}</p>
      ) : (
        <>
          <h3>{t('death.closed')}</h3>
          <ul className="death-closed" aria-label={t('death.closed')}>
            {death.closed.map((each) => (
              <li key={each.title.zh}>
                {text(each.title)}{' '}
                <span className="quiet">
                  {t(each.restoredAt ? 'death.restored' : 'death.closedOn')}{' '}
                  <Moment at={each.restoredAt ?? each.closedAt} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="death-links">
        {death.case !== here && <Link to={`/cases/${death.case}`}>{t('death.openCase')}</Link>}
        {death.rescission && death.rescission !== here && (
          <Link to={`/cases/${death.rescission}`}>{t('death.openRescission')}</Link>
        )}
        {death.recovery && <Link to={`/cases/${death.recovery}`}>{t('death.openRecovery')}</Link>}
      </p>
    </>
  );
}
