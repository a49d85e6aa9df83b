import { DownloadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  type BenefitCount,
  type BenefitEvent,
  type StatisticsRange,
  useBenefitStatistics,
  useStatisticsCases,
} from '../api/benefits';
import { DataTable } from '../shared/DataTable';
import { Moment } from '../shared/Moment';
import { Empty, Panel } from '../shared/Panel';
import { money } from '../shared/quantities';
import { useLanguage } from '../shared/useLanguage';
import { useUrlState } from '../shared/useUrlState';
import './statistics.css';

const COUNTS = ['reported', 'verified', 'claims', 'decided', 'paid'] as const;
const SUMS = ['funeral', 'survivor', 'sum'] as const;
type Measure = BenefitEvent['measure'];
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** 待遇统计: deaths and benefits by office and month; every number opens the cases behind it. */
export function StatisticsPage() {
  const { t } = useTranslation('procedures');
  const [params, change] = useUrlState();
  const month = (name: string) => (MONTH.test(params.get(name) ?? '') ? (params.get(name) ?? '') : '');
  const range: StatisticsRange = {
    ...(month('from') && { from: month('from') }),
    ...(month('to') && { to: month('to') }),
    ...(params.get('only') && { office: params.get('only') ?? '' }),
  };
  const query = useBenefitStatistics(range);
  const measure = params.get('measure') as Measure | null;
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('statistics.title')}</h1>
        <Button
          icon={<DownloadOutlined aria-hidden />}
          href={`/api/v1/benefits/statistics.xlsx?${new URLSearchParams({ ...range })}`}
        >
          {t('statistics.export')}
        </Button>
      </div>
      <p className="quiet gap-below">{t('statistics.hint')}</p>
      <div className="filters gap-below">
        {(['from', 'to'] as const).map((name) => (
          <span key={name}>
            <label htmlFor={`statistics-${name}`}>{t(`statistics.${name}`)}</label>{' '}
            <Input
              id={`statistics-${name}`}
              type="month"
              className="month"
              value={month(name) || (query.data?.[name] ?? '')}
              onChange={(event) => change({ [name]: event.target.value, measure: undefined })}
            />
          </span>
        ))}
        {params.get('only') && (
          <Button onClick={() => change({ only: undefined, measure: undefined })}>{t('statistics.allOffices')}</Button>
        )}
      </div>
      <Panel query={query} lines={6}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('statistics.none')} />
          ) : (
            <section className="box" aria-label={t('statistics.title')}>
              <Counts rows={data.rows} total={data.total} />
            </section>
          )
        }
      </Panel>
      {measure && params.get('month') && (
        <Behind
          measure={measure}
          range={{ from: params.get('month') ?? '', to: params.get('month') ?? '', office: params.get('office') ?? '' }}
        />
      )}
    </div>
  );
}

function Counts({ rows, total }: { rows: BenefitCount[]; total: BenefitCount }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const [params] = useUrlState();
  const amounts = total.sum !== undefined;
  const to = (row: BenefitCount, measure: Measure) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries({ measure, month: row.month ?? '', office: row.office ?? '' }))
      next.set(name, value);
    return `?${next}`;
  };
  const only = (office: string) => {
    const next = new URLSearchParams(params);
    next.delete('measure');
    next.set('only', office);
    return next;
  };
  const days = (value: number | undefined) => (value === undefined ? '' : String(value));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className="scroll-x" tabIndex={0} aria-label={t('statistics.title')}>
      <table className="statistics">
        <thead>
          <tr>
            <th scope="col">{t('statistics.month')}</th>
            <th scope="col">{t('statistics.office')}</th>
            {COUNTS.map((key) => (
              <th key={key} scope="col" className="number">
                {t(`statistics.${key}`)}
              </th>
            ))}
            <th scope="col" className="number">
              {t('statistics.median')}
            </th>
            <th scope="col" className="number">
              {t('statistics.mean')}
            </th>
            {amounts &&
              SUMS.map((key) => (
                <th key={key} scope="col" className="number">
                  {t(`statistics.${key}`)}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {[...rows, total].map((row) => (
            <tr key={`${row.month}/${row.office}`} className={row.month ? undefined : 'statistics-total'}>
              <td>{row.month ?? t('statistics.all')}</td>
              <td>{row.office && <Link to={`?${only(row.office)}`}>{row.officeName}</Link>}</td>
              {COUNTS.map((key) => (
                <td key={key} className="number">
                  {row.month && row[key] > 0 ? (
                    <Link to={to(row, key)} aria-label={`${row.officeName} ${t(`statistics.${key}`)} ${row[key]}`}>
                      {row[key]}
                    </Link>
                  ) : (
                    row[key]
                  )}
                </td>
              ))}
              <td className="number">{days(row.medianDays)}</td>
              <td className="number">{days(row.meanDays)}</td>
              {amounts &&
                SUMS.map((key) => (
                  <td key={key} className="number">
                    {row.month && (row.sum ?? 0) > 0 ? (
                      <Link to={to(row, 'sum')}>{money(row[key] ?? 0, language)}</Link>
                    ) : (
                      money(row[key] ?? 0, language)
                    )}
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The cases a number counts. */
function Behind({ measure, range }: { measure: Measure; range: StatisticsRange }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const title = `${range.from} · ${t(`statistics.${measure}`)}`;
  return (
    <section className="box" aria-label={title}>
      <h2>{title}</h2>
      <Panel query={useStatisticsCases(range, measure)} lines={4}>
        {(items) => (
          <DataTable<BenefitEvent>
            items={items}
            rowKey={(item) => item.no}
            minWidth={560}
            columns={[
              {
                key: 'case',
                title: t('table.case'),
                width: 230,
                render: (item) => (
                  <Link className="mono" to={`/cases/${item.no}`}>
                    {item.no}
                  </Link>
                ),
              },
              { key: 'title', title: t('statistics.name'), render: (item) => item.title },
              { key: 'at', title: t('statistics.at'), width: 150, render: (item) => <Moment at={item.at} /> },
              ...(measure === 'paid'
                ? [
                    {
                      key: 'days',
                      title: t('statistics.days'),
                      width: 110,
                      align: 'right' as const,
                      render: (item: BenefitEvent) => item.days ?? '',
                    },
                  ]
                : []),
              ...(measure === 'sum'
                ? [
                    {
                      key: 'sum',
                      title: t('statistics.sum'),
                      width: 150,
                      align: 'right' as const,
                      render: (item: BenefitEvent) => money((item.funeral ?? 0) + (item.survivor ?? 0), language),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Panel>
    </section>
  );
}
