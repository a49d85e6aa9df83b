import { CheckCircleOutlined, ClockCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecoveryCase } from '../../api/recoveries';
import { useAllowed } from '../../api/session';
import type { CaseView } from '../../api/types';
import { DataTable } from '../../shared/DataTable';
import { partialDate } from '../../shared/dates';
import { Moment } from '../../shared/Moment';
import { money } from '../../shared/quantities';
import { useLanguage } from '../../shared/useLanguage';
import { DerivationTable } from '../benefit/DerivationTable';
import { useSetOffAmounts } from '../benefit/useSetOffAmounts';
import { known } from '../party/route';
import { ReceiptDialog } from './ReceiptDialog';

/** How a recovery stands: the months, the plan, what came in, and what is still open. */
export function RecoveryPanel({ view }: { view: CaseView }) {
  const recovery = view.recovery;
  if (!recovery) return <PersonLink view={view} />;
  return (
    <>
      <Standing view={view} recovery={recovery} />
      <Reckoning view={view} recovery={recovery} />
      {recovery.instalments.length > 0 && <Instalments recovery={recovery} />}
      {recovery.setOffs.length > 0 && <SetOffs recovery={recovery} />}
      {recovery.state !== 'calculating' && <Receipts view={view} recovery={recovery} />}
    </>
  );
}

function PersonLink({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const allowed = useAllowed();
  if (!view.subject || !allowed('person.read')) return null;
  return <Link to={`/people/${view.subject}`}>{t('person.open')}</Link>;
}

function Standing({ view, recovery }: { view: CaseView; recovery: RecoveryCase }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const facts: [string, number][] = [
    ['claimed', recovery.claimed],
    ['received', recovery.received],
    ...(recovery.setOff > 0 ? [['setOff', recovery.setOff] as [string, number]] : []),
    ['open', recovery.open],
  ];
  return (
    <section className="box" aria-label={t('recovery.title')}>
      <h2>{t('recovery.title')}</h2>
      {recovery.rescinded && <Alert type="info" showIcon className="gap-below" title={t('recovery.rescinded')} />}
      {recovery.state === 'calculating' ? (
        <p className="quiet">{t('recovery.calculating')}</p>
      ) : (
        <dl className="facts">
          {facts.map(([key, value]) => (
            <div key={key} data-fact={`recovery-${key}`}>
              <dt>{t(`recovery.${key as 'open'}`)}</dt>
              <dd>{key === 'open' ? <strong>{money(value, language)}</strong> : money(value, language)}</dd>
            </div>
          ))}
        </dl>
      )}
      {recovery.ending && <p>{t(`recovery.endings.${recovery.ending}`)}</p>}
      <PersonLink view={view} />
    </section>
  );
}

interface Month {
  month: string;
  paid: number;
  due: number;
}

/** The months as they were reckoned: those of the claim, or while it is reviewed those the rule finds. */
function monthsOf(view: CaseView, recovery: RecoveryCase): Month[] {
  if (recovery.months.length > 0) return recovery.months;
  const found = known(view, 'overpaid');
  return Array.isArray(found) ? (found as Month[]) : [];
}

function Reckoning({ view, recovery }: { view: CaseView; recovery: RecoveryCase }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const total = known(view, 'total');
  if (typeof total !== 'number') return null;
  const months = monthsOf(view, recovery);
  const amount = (key: 'paid' | 'due' | 'overpaid', of: (month: Month) => number) => ({
    key,
    title: t(`recovery.${key}`),
    width: 150,
    align: 'right' as const,
    render: (month: Month) => money(of(month), language),
  });
  return (
    <section className="box" aria-label={t('recovery.reckoning')}>
      <h2>{t('recovery.reckoning')}</h2>
      {months.length > 0 && (
        <DataTable<Month>
          items={months}
          rowKey={(month) => month.month}
          minWidth={420}
          columns={[
            { key: 'month', title: t('recovery.month'), render: (month) => partialDate(month.month, language) },
            amount('paid', (month) => month.paid),
            amount('due', (month) => month.due),
            amount('overpaid', (month) => month.paid - month.due),
          ]}
        />
      )}
      <dl className="facts gap-above">
        <div data-fact="recovery-total">
          <dt>{t('recovery.total')}</dt>
          <dd>
            <strong>{money(total, language)}</strong>
          </dd>
        </div>
      </dl>
      <h2 className="gap-above">{t('recovery.derivation')}</h2>
      <DerivationTable value={known(view, 'derivation')} />
    </section>
  );
}

type Instalment = RecoveryCase['instalments'][number];

const ICONS = { open: ClockCircleOutlined, paid: CheckCircleOutlined, overdue: ExclamationCircleOutlined };

function Instalments({ recovery }: { recovery: RecoveryCase }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  return (
    <section className="box" aria-label={t('recovery.instalments')}>
      <h2>{t('recovery.instalments')}</h2>
      <DataTable<Instalment>
        items={recovery.instalments}
        rowKey={(one) => String(one.number)}
        minWidth={420}
        columns={[
          { key: 'number', title: t('recovery.instalment'), width: 70, render: (one) => one.number },
          { key: 'dueOn', title: t('recovery.dueOn'), width: 140, render: (one) => partialDate(one.dueOn, language) },
          {
            key: 'amount',
            title: t('recovery.amount'),
            width: 140,
            align: 'right',
            render: (one) => money(one.amount, language),
          },
          {
            key: 'state',
            title: t('recovery.state'),
            render: (one) => {
              const Icon = ICONS[one.state];
              return (
                <>
                  <Icon aria-hidden /> {t(`recovery.instalmentStates.${one.state}`)}
                </>
              );
            },
          },
        ]}
      />
    </section>
  );
}

type SetOff = RecoveryCase['setOffs'][number];

function SetOffs({ recovery }: { recovery: RecoveryCase }) {
  const { t } = useTranslation('procedures');
  const amounts = useSetOffAmounts<SetOff>();
  return (
    <section className="box" aria-label={t('recovery.setOffs')}>
      <h2>{t('recovery.setOffs')}</h2>
      <DataTable<SetOff>
        items={recovery.setOffs}
        rowKey={(one) => `${one.benefit} ${one.claimant}`}
        minWidth={520}
        columns={[
          { key: 'claimant', title: t('recovery.claimant'), width: 110, render: (one) => one.claimant },
          ...amounts,
          {
            key: 'state',
            title: t('recovery.state'),
            render: (one) => t(one.agreed ? 'recovery.agreed' : 'recovery.notAgreed'),
          },
          {
            key: 'benefit',
            title: t('recovery.benefit'),
            width: 210,
            render: (one) => (
              <Link className="mono" to={`/cases/${one.benefit}`}>
                {one.benefit}
              </Link>
            ),
          },
        ]}
      />
    </section>
  );
}

type Receipt = RecoveryCase['receipts'][number];

function Receipts({ view, recovery }: { view: CaseView; recovery: RecoveryCase }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const allowed = useAllowed();
  const [recording, setRecording] = useState(false);
  const mayRecord = recovery.mayRecord && recovery.open > 0 && allowed('receipt.record');
  return (
    <section className="box" aria-label={t('recovery.receipts')}>
      <h2>{t('recovery.receipts')}</h2>
      {mayRecord && (
        <p>
          <Button type="primary" onClick={() => setRecording(true)}>
            {t('recovery.record')}
          </Button>
        </p>
      )}
      {recovery.receipts.length === 0 ? (
        <p className="quiet">{t('recovery.noReceipts')}</p>
      ) : (
        <DataTable<Receipt>
          items={recovery.receipts}
          rowKey={(one) => one.number}
          minWidth={560}
          columns={[
            {
              key: 'number',
              title: t('recovery.number'),
              width: 160,
              render: (one) => <span className="mono">{one.number}</span>,
            },
            {
              key: 'receivedOn',
              title: t('recovery.receivedOn'),
              width: 140,
              render: (one) => partialDate(one.receivedOn, language),
            },
            { key: 'method', title: t('recovery.method'), render: (one) => t(`recovery.methods.${one.method}`) },
            {
              key: 'amount',
              title: t('recovery.amount'),
              width: 140,
              align: 'right',
              render: (one) => money(one.amount, language),
            },
            {
              key: 'by',
              title: t('recovery.recordedBy'),
              width: 190,
              render: (one) => (
                <>
                  {one.recordedBy} <Moment at={one.recordedAt} />
                </>
              ),
            },
          ]}
        />
      )}
      {recording && <ReceiptDialog no={view.no} open={recovery.open} onDone={() => setRecording(false)} />}
    </section>
  );
}
