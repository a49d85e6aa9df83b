import { DownloadOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Progress, useProgress } from '../api/supervision';
import { Empty, Panel } from '../shared/Panel';
import { useUrlState } from '../shared/useUrlState';

const COLUMNS = [
  'people',
  'received',
  'deferred',
  'returned',
  'outOfScope',
  'died',
  'elsewhere',
  'moved',
  'open',
] as const;

/** 移交进度表: every person stands in one column, so that the columns add up to those to be handed over. */
export function ProgressTable() {
  const { t } = useTranslation('supervision');
  const [params, change] = useUrlState();
  const by = params.get('by') === 'street' ? 'street' : 'enterprise';
  const query = useProgress(by);
  return (
    <section className="box" aria-label={t('progress.title')}>
      <div className="list-head">
        <h2 className="grow">{t('progress.title')}</h2>
        <Segmented
          value={by}
          options={[
            { value: 'enterprise', label: t('progress.by.enterprise') },
            { value: 'street', label: t('progress.by.street') },
          ]}
          onChange={(next) => change({ by: next === 'street' ? 'street' : undefined })}
        />
        <Button icon={<DownloadOutlined aria-hidden />} href={`/api/v1/supervision/progress.xlsx?by=${by}`}>
          {t('list.export')}
        </Button>
      </div>
      <p className="quiet gap-below">{t('progress.hint')}</p>
      <Panel query={query} lines={4}>
        {(rows) => (rows.length === 0 ? <Empty title={t('progress.none')} /> : <Table rows={rows} by={by} />)}
      </Panel>
    </section>
  );
}

function Table({ rows, by }: { rows: Progress[]; by: 'enterprise' | 'street' }) {
  const { t } = useTranslation('supervision');
  const sum = (column: (typeof COLUMNS)[number]) => rows.reduce((total, row) => total + row[column], 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <section className="scroll-x" tabIndex={0} aria-label={t('progress.title')}>
      <table className="ageing">
        <thead>
          <tr>
            <th scope="col">{t(`progress.column.${by}`)}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`progress.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name || t('progress.noStreet')}</th>
              {COLUMNS.map((column) => (
                <td key={column} className={row[column] === 0 ? 'zero' : undefined}>
                  {row[column]}
                </td>
              ))}
            </tr>
          ))}
          <tr className="ageing-sum">
            <th scope="row">{t('progress.sum')}</th>
            {COLUMNS.map((column) => (
              <td key={column}>{sum(column)}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}
