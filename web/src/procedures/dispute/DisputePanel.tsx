import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '../../api/types';
import { DataTable } from '../../shared/DataTable';
import { Moment } from '../../shared/Moment';
import { useText } from '../../shared/text';

type Side = NonNullable<CaseView['dispute']>['sides'][number];

/** Whom the dispute is about, and what either enterprise has listed: the earlier first. */
export function DisputePanel({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const text = useText();
  const dispute = view.dispute;
  if (!dispute) return null;
  return (
    <section className="box" aria-label={t('dispute.sides')}>
      <h2>{t('dispute.sides')}</h2>
      <p>
        <strong>{dispute.name}</strong> <span className="quiet mono">{dispute.idNumber}</span>
      </p>
      <DataTable<Side>
        items={dispute.sides}
        rowKey={(side) => side.handover}
        minWidth={640}
        columns={[
          {
            key: 'enterprise',
            title: t('dispute.enterprise'),
            render: (side) => (
              <>
                {side.enterprise}
                <div className="quiet">{t(side === dispute.sides[0] ? 'dispute.earlier' : 'dispute.later')}</div>
              </>
            ),
          },
          {
            key: 'handover',
            title: t('dispute.handover'),
            render: (side) => (
              <>
                <Link to={`/cases/${side.handover}`} className="mono">
                  {side.handover}
                </Link>
                <div className="quiet">{t('dispute.row', { row: side.row })}</div>
              </>
            ),
          },
          {
            key: 'submitted',
            title: t('dispute.submitted'),
            width: 130,
            render: (side) => <Moment at={side.submittedAt} />,
          },
          { key: 'residence', title: t('dispute.residence'), render: (side) => side.residence },
          {
            key: 'outcome',
            title: t('dispute.outcome'),
            width: 190,
            render: (side) => (
              <>
                {t(`common:outcome.${side.outcome || 'open'}`)}
                <div className="quiet">{text(side.outcomeReason)}</div>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
