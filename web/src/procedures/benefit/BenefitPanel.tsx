import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BenefitCase } from '../../api/benefits';
import { useProcedures } from '../../api/directory';
import type { CaseView } from '../../api/types';
import { StartCase } from '../../people/StartCase';
import { DataTable } from '../../shared/DataTable';
import { partialDate } from '../../shared/dates';
import { money } from '../../shared/quantities';
import { useLanguage } from '../../shared/useLanguage';
import { known } from '../party/route';
import { ClaimantsDialog } from './ClaimantsDialog';
import { DerivationTable } from './DerivationTable';
import { useSetOffAmounts } from './useSetOffAmounts';

/** Who claims, how the sums came about line by line, and what became of each payment. */
export function BenefitPanel({ view }: { view: CaseView }) {
  const benefit = view.benefit;
  if (!benefit) return null;
  return (
    <>
      <Disputed benefit={benefit} />
      <Claimants view={view} benefit={benefit} />
      <Sums view={view} />
      {benefit.payments.length > 0 && <Payments benefit={benefit} />}
      {benefit.setOffs.length > 0 && <SetOffs benefit={benefit} />}
    </>
  );
}

type Claimant = BenefitCase['claimants'][number];

/** Second claims of the same benefit: while one is open, this one waits for it. */
function Disputed({ benefit }: { benefit: BenefitCase }) {
  const { t } = useTranslation('procedures');
  return benefit.disputes.map((one) => (
    <Alert
      key={one.no}
      type={one.state === 'open' ? 'warning' : 'info'}
      showIcon
      className="gap-below"
      title={
        <>
          {one.decision ? t(`claimDispute.decisions.${one.decision}`) : t(`claimDispute.waits.${one.state as 'open'}`)}{' '}
          <Link className="mono" to={`/cases/${one.no}`}>
            {one.no}
          </Link>
        </>
      }
    />
  ));
}

interface ClaimantsProps {
  view: CaseView;
  benefit: BenefitCase;
  title?: string;
}

/** Who claims in a case, with the button that enters them while that may be done. */
export function Claimants({ view, benefit, title }: ClaimantsProps) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const [editing, setEditing] = useState(false);
  const accounts = benefit.claimants.some((one) => one.account);
  const contacts = benefit.claimants.some((one) => one.phone || one.mail);
  const correction = view.type === 'payee';
  const mayRecover = useProcedures().data?.some((one) => one.type === 'recovery' && one.mayStart) ?? false;
  return (
    <section className="box" aria-label={title ?? t('benefit.claimants')}>
      <div className="page-head">
        <h2 className="grow">{title ?? t('benefit.claimants')}</h2>
        {benefit.editable && (
          <Button type="primary" onClick={() => setEditing(true)}>
            {t(correction ? 'benefit.editAccount' : 'benefit.edit')}
          </Button>
        )}
      </div>
      <p className="quiet">
        {t('benefit.diedOn')} {partialDate(benefit.diedOn, language)}
      </p>
      {benefit.claimants.length === 0 ? (
        <p>{t('benefit.none')}</p>
      ) : (
        <DataTable<Claimant>
          items={benefit.claimants}
          rowKey={(one) => one.id}
          minWidth={520}
          columns={[
            { key: 'name', title: t('benefit.name'), width: 110, render: (one) => one.name },
            { key: 'relation', title: t('benefit.relation'), width: 110, render: (one) => one.relation },
            {
              key: 'number',
              title: t('benefit.idNumber'),
              width: 190,
              render: (one) => <span className="mono">{one.idNumber}</span>,
            },
            ...(accounts
              ? [
                  {
                    key: 'account',
                    title: t('benefit.account'),
                    render: (one: Claimant) =>
                      one.account ? (
                        <>
                          {one.bank} <span className="mono">{one.account}</span>
                        </>
                      ) : (
                        ''
                      ),
                  },
                ]
              : []),
            ...(contacts
              ? [
                  {
                    key: 'contact',
                    title: t('benefit.contact'),
                    render: (one: Claimant) => (
                      <span className="mono">{[one.phone, one.mail].filter(Boolean).join(' ')}</span>
                    ),
                  },
                ]
              : []),
            {
              key: 'share',
              title: t('benefit.share'),
              width: 90,
              align: 'right' as const,
              render: (one) => String(one.share / 100),
            },
          ]}
        />
      )}
      {view.subject && (
        <p>
          <Link to={`/people/${view.subject}`}>{t('person.open')}</Link>{' '}
          {mayRecover && !correction && benefit.setOffs.length === 0 && (
            <StartCase type="recovery" person={{ id: view.subject }} label={t('benefit.recover')} />
          )}
        </p>
      )}
      {editing && (
        <ClaimantsDialog no={view.no} account={correction} held={benefit.claimants} onDone={() => setEditing(false)} />
      )}
    </section>
  );
}

/** The sums once they are reckoned, for those who may see them. */
function Sums({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const fen = (key: string) => {
    const value = known(view, key);
    return typeof value === 'number' ? value : undefined;
  };
  const total = fen('total');
  if (total === undefined) return null;
  const rows: [string, number][] = [
    ['funeral', fen('funeralGrant') ?? 0],
    ['survivor', fen('survivorPayment') ?? 0],
    ['total', total],
  ];
  return (
    <section className="box" aria-label={t('benefit.sums')}>
      <h2>{t('benefit.sums')}</h2>
      <dl className="facts">
        {rows.map(([key, value]) => (
          <div key={key} data-fact={`benefit-${key}`}>
            <dt>{t(`benefit.${key as 'funeral'}`)}</dt>
            <dd>{key === 'total' ? <strong>{money(value, language)}</strong> : money(value, language)}</dd>
          </div>
        ))}
      </dl>
      <h2>{t('benefit.derivation')}</h2>
      <DerivationTable value={known(view, 'derivation')} />
    </section>
  );
}

type Payment = BenefitCase['payments'][number];

/** What is paid, and in which case where that is a true-up. */
function Kind({ payment }: { payment: Payment }) {
  const { t } = useTranslation('procedures');
  return (
    <>
      {t(`benefit.${payment.kind}`)}
      {payment.trueUp && (
        <div>
          <Link to={`/cases/${payment.trueUp}`}>{t('benefit.trueUp')}</Link>
        </div>
      )}
    </>
  );
}

export function Payments({ benefit }: { benefit: BenefitCase }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const names = new Map(benefit.claimants.map((one) => [one.id, one.name]));
  return (
    <section className="box" aria-label={t('benefit.payments')}>
      <h2>{t('benefit.payments')}</h2>
      <DataTable<Payment>
        items={benefit.payments}
        rowKey={(one) => `${one.claimant}.${one.kind}.${one.trueUp ?? ''}`}
        minWidth={560}
        columns={[
          { key: 'name', title: t('benefit.name'), width: 110, render: (one) => names.get(one.claimant) ?? '' },
          { key: 'kind', title: t('benefit.kind'), width: 120, render: (one) => <Kind payment={one} /> },
          {
            key: 'amount',
            title: t('benefit.amount'),
            width: 140,
            align: 'right',
            render: (one) => (one.amount === undefined ? t('benefit.hidden') : money(one.amount, language)),
          },
          {
            key: 'state',
            title: t('benefit.state'),
            render: (one) => (
              <>
                {t(`benefit.states.${one.state}`)}
                {one.state === 'refused' && one.reason && <div className="quiet">{one.reason}</div>}
                {one.correction && (
                  <div>
                    <Link to={`/cases/${one.correction}`}>{t('benefit.correction')}</Link>
                  </div>
                )}
              </>
            ),
          },
          {
            key: 'batch',
            title: t('benefit.batch'),
            width: 210,
            render: (one) => <span className="mono">{one.batch}</span>,
          },
        ]}
      />
    </section>
  );
}

type SetOff = BenefitCase['setOffs'][number];

/** What claimants have consented to be kept for pension that was overpaid. */
function SetOffs({ benefit }: { benefit: BenefitCase }) {
  const { t } = useTranslation('procedures');
  const amounts = useSetOffAmounts<SetOff>();
  const names = new Map(benefit.claimants.map((one) => [one.id, one.name]));
  return (
    <section className="box" aria-label={t('recovery.setOffs')}>
      <h2>{t('recovery.setOffs')}</h2>
      <DataTable<SetOff>
        items={benefit.setOffs}
        rowKey={(one) => `${one.recovery} ${one.claimant}`}
        minWidth={480}
        columns={[
          { key: 'name', title: t('benefit.name'), width: 110, render: (one) => names.get(one.claimant) ?? '' },
          ...amounts,
          {
            key: 'recovery',
            title: t('recovery.case'),
            render: (one) => (
              <Link className="mono" to={`/cases/${one.recovery}`}>
                {one.recovery}
              </Link>
            ),
          },
        ]}
      />
    </section>
  );
}
