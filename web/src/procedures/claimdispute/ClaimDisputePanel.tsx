import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '../../api/types';
import { DataTable } from '../../shared/DataTable';
import { absolute } from '../../shared/dates';
import { useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';
import { Claimants } from '../benefit/BenefitPanel';

type First = NonNullable<CaseView['claimDispute']>['first'];

/** Both sides of a benefit that is claimed twice: the first claim, then who claims in this case. */
export function ClaimDisputePanel({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const dispute = view.claimDispute;
  if (!dispute || !view.benefit) return null;
  return (
    <>
      <FirstSide first={dispute.first} />
      <Claimants view={view} benefit={view.benefit} title={t('claimDispute.second')} />
      {dispute.decision && (
        <section className="box" aria-label={t('claimDispute.decision')}>
          <h2>{t('claimDispute.decision')}</h2>
          <p>
            {t(`claimDispute.decisions.${dispute.decision}`)}
            {dispute.successor && (
              <>
                {' '}
                <Link className="mono" to={`/cases/${dispute.successor}`}>
                  {dispute.successor}
                </Link>
              </>
            )}
          </p>
        </section>
      )}
    </>
  );
}

function FirstSide({ first }: { first: First }) {
  const { t } = useTranslation('procedures');
  const text = useText();
  const language = useLanguage();
  const facts: [string, string][] = [
    ['submitted', absolute(first.submittedAt, language)],
    ['office', first.officeName],
    ['state', t(`claimDispute.states.${first.state}`) + (first.stageTitle ? ` · ${text(first.stageTitle)}` : '')],
    ['arrangement', text(first.arrangementTitle)],
  ];
  return (
    <section className="box" aria-label={t('claimDispute.first')}>
      <h2>{t('claimDispute.first')}</h2>
      <p>
        {first.readable ? (
          <Link className="mono" to={`/cases/${first.no}`}>
            {first.no}
          </Link>
        ) : (
          <span className="mono">{first.no}</span>
        )}
      </p>
      <dl className="facts">
        {facts
          .filter(([, value]) => value)
          .map(([key, value]) => (
            <div key={key} data-fact={`first-${key}`}>
              <dt>{t(`claimDispute.${key as 'office'}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {first.readable ? (
        <DataTable<First['claimants'][number]>
          items={first.claimants}
          rowKey={(one) => one.id}
          minWidth={460}
          columns={[
            { key: 'name', title: t('benefit.name'), width: 120, render: (one) => one.name },
            { key: 'relation', title: t('benefit.relation'), width: 120, render: (one) => one.relation },
            {
              key: 'number',
              title: t('benefit.idNumber'),
              render: (one) => <span className="mono">{one.idNumber}</span>,
            },
            {
              key: 'share',
              title: t('benefit.share'),
              width: 90,
              align: 'right',
              render: (one) => String(one.share / 100),
            },
          ]}
        />
      ) : (
        <p className="quiet">{t('claimDispute.unreadable')}</p>
      )}
    </section>
  );
}
