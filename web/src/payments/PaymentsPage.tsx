import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  type PaymentBatch,
  type PaymentLine,
  type ProvisionalBenefit,
  useBatches,
  useBatchLines,
  useProvisional,
  useReadResults,
  useReconciliation,
} from '../api/benefits';
import { useAllowed } from '../api/session';
import { DataTable } from '../shared/DataTable';
import { FileDrop } from '../shared/FileDrop';
import { Moment } from '../shared/Moment';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { money } from '../shared/quantities';
import { useProblemWords } from '../shared/tell';
import { useLanguage } from '../shared/useLanguage';

/** What went to the bank, what came back, and whether the ledger says the same. */
export function PaymentsPage() {
  const { t } = useTranslation('procedures');
  const allowed = useAllowed();
  const query = useBatches();
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('payments.title')}</h1>
      </div>
      <p className="quiet gap-below">{t('payments.hint')}</p>
      <Reconciled />
      {allowed('payment.settle') && <Results />}
      <Provisional />
      <Panel query={query} lines={6}>
        {(data) => {
          const batches = data.pages.flatMap((page) => page.items);
          if (batches.length === 0) return <Empty title={t('payments.empty')} hint={t('payments.emptyHint')} />;
          return (
            <>
              <Batches batches={batches} />
              <More query={query} />
            </>
          );
        }}
      </Panel>
    </div>
  );
}

function Batches({ batches }: { batches: PaymentBatch[] }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const [open, setOpen] = useState('');
  return (
    <section className="box" aria-label={t('payments.batch')}>
      <DataTable<PaymentBatch>
        items={batches}
        rowKey={(batch) => batch.no}
        minWidth={860}
        columns={[
          {
            key: 'no',
            title: t('payments.batch'),
            width: 230,
            render: (batch) => (
              <>
                <span className="mono">{batch.no}</span>
                <div className="quiet mono" title={batch.digest}>
                  {batch.digest.slice(0, 16)}
                </div>
              </>
            ),
          },
          { key: 'made', title: t('payments.made'), width: 140, render: (batch) => <Moment at={batch.madeAt} /> },
          {
            key: 'handed',
            title: t('payments.handed'),
            width: 140,
            render: (batch) => (batch.handedAt ? <Moment at={batch.handedAt} /> : t('payments.notHanded')),
          },
          { key: 'lines', title: t('payments.lines'), width: 80, align: 'right', render: (batch) => batch.lines },
          {
            key: 'total',
            title: t('payments.total'),
            width: 150,
            align: 'right',
            render: (batch) => money(batch.total, language),
          },
          {
            key: 'result',
            title: t('payments.result'),
            render: (batch) =>
              t('payments.results', { paid: batch.paid, refused: batch.refused, waiting: batch.waiting }),
          },
          {
            key: 'open',
            title: '',
            width: 110,
            render: (batch) => (
              <Button
                size="small"
                aria-expanded={open === batch.no}
                onClick={() => setOpen(open === batch.no ? '' : batch.no)}
              >
                {t(open === batch.no ? 'payments.close' : 'payments.open')}
              </Button>
            ),
          },
        ]}
      />
      {open && <Lines batch={open} />}
    </section>
  );
}

function Lines({ batch }: { batch: string }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  return (
    <Panel query={useBatchLines(batch)} lines={4}>
      {(lines) => (
        <DataTable<PaymentLine>
          items={lines}
          rowKey={(line) => String(line.line)}
          minWidth={720}
          columns={[
            { key: 'line', title: t('payments.line'), width: 60, render: (line) => line.line },
            {
              key: 'case',
              title: t('table.case'),
              width: 220,
              render: (line) => (
                <Link className="mono" to={`/cases/${line.case}`}>
                  {line.case}
                </Link>
              ),
            },
            { key: 'name', title: t('payments.name'), width: 110, render: (line) => line.name },
            {
              key: 'account',
              title: t('payments.account'),
              width: 110,
              render: (line) => <span className="mono">{line.account}</span>,
            },
            {
              key: 'amount',
              title: t('payments.total'),
              width: 140,
              align: 'right',
              render: (line) => money(line.amount, language),
            },
            {
              key: 'outcome',
              title: t('payments.outcome'),
              render: (line) => (
                <>
                  {line.outcome ? t(`payments.outcomes.${line.outcome}`) : t('payments.waiting')}
                  {line.reason && <div className="quiet">{line.reason}</div>}
                </>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function Reconciled() {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  return (
    <Panel query={useReconciliation()} lines={3}>
      {(report) => (
        <section className="box" aria-label={t('payments.reconciliation')}>
          <h2>{t('payments.reconciliation')}</h2>
          <Alert
            type={report.agrees ? 'success' : 'error'}
            showIcon
            title={t(report.agrees ? 'payments.agrees' : 'payments.differs')}
          />
          <dl className="facts">
            {report.states.map((each) => (
              <div key={each.state}>
                <dt>{t(`payments.states.${each.state as 'paid'}`)}</dt>
                <dd>
                  {money(each.total, language)} <span className="quiet">({each.count})</span>
                </dd>
              </div>
            ))}
          </dl>
          {report.discrepancies.length > 0 && (
            <>
              <h2>{t('payments.discrepancies')}</h2>
              <DataTable
                items={report.discrepancies.map((each, at) => ({ ...each, key: at }))}
                rowKey={(each) => String(each.key)}
                minWidth={560}
                columns={[
                  { key: 'at', title: t('payments.made'), width: 140, render: (each) => <Moment at={each.at} /> },
                  {
                    key: 'batch',
                    title: t('payments.batch'),
                    render: (each) => <span className="mono">{`${each.batch} / ${each.line}`}</span>,
                  },
                  {
                    key: 'amount',
                    title: t('payments.total'),
                    width: 140,
                    align: 'right',
                    render: (each) => money(each.amount, language),
                  },
                  {
                    key: 'problem',
                    title: t('payments.problem'),
                    width: 220,
                    render: (each) => t(`payments.problems.${each.problem}`),
                  },
                ]}
              />
            </>
          )}
        </section>
      )}
    </Panel>
  );
}

/** Benefits released by the figure of a year too early, until and after they are trued up. */
function Provisional() {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const query = useProvisional();
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <section className="box" aria-label={t('provisional.title')}>
      <h2>{t('provisional.title')}</h2>
      <p className="quiet gap-below">{t('provisional.hint')}</p>
      <DataTable<ProvisionalBenefit>
        items={items}
        rowKey={(one) => one.no}
        minWidth={720}
        columns={[
          {
            key: 'case',
            title: t('table.case'),
            width: 220,
            render: (one) => (
              <Link className="mono" to={`/cases/${one.no}`}>
                {one.no}
              </Link>
            ),
          },
          { key: 'title', title: t('provisional.name'), render: (one) => one.title },
          { key: 'year', title: t('provisional.year'), width: 90, align: 'right', render: (one) => one.baseYear },
          {
            key: 'figure',
            title: t('provisional.figure'),
            width: 140,
            align: 'right',
            render: (one) => money(one.baseAnnual, language),
          },
          {
            key: 'trueUp',
            title: t('provisional.trueUp'),
            width: 240,
            render: (one) =>
              one.trueUp ? (
                <>
                  <Link className="mono" to={`/cases/${one.trueUp}`}>
                    {one.trueUp}
                  </Link>
                  <div className="quiet">{t(`provisional.states.${one.trueUpState ?? 'open'}`)}</div>
                </>
              ) : (
                t('provisional.waiting', { year: one.baseYear + 1 })
              ),
          },
        ]}
      />
      <More query={query} />
    </section>
  );
}

function Results() {
  const { t } = useTranslation('procedures');
  const words = useProblemWords();
  const [file, setFile] = useState<File>();
  const send = useReadResults();
  return (
    <section className="box" aria-label={t('payments.upload')}>
      <h2>{t('payments.upload')}</h2>
      <FileDrop
        file={file}
        hint={t('payments.drop')}
        accept=".csv"
        disabled={send.isPending}
        onFile={(chosen) => {
          setFile(chosen);
          send.mutate({ file: chosen });
        }}
      />
      {send.error && <Alert type="error" showIcon title={words(send.error)} />}
      {send.data && (
        <Alert
          type={send.data.discrepancies > 0 ? 'warning' : 'success'}
          showIcon
          title={
            send.data.known
              ? t('payments.known')
              : t('payments.read', {
                  lines: send.data.lines,
                  changed: send.data.changed,
                  discrepancies: send.data.discrepancies,
                })
          }
        />
      )}
    </section>
  );
}
