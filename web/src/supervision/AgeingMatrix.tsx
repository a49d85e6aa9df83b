import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AgeingPart, type AgeingRow, useAgeing } from '../api/supervision';
import { Empty, Panel } from '../shared/Panel';
import { useText } from '../shared/text';
import { BoardLink } from './BoardLink';

const LATE = new Set(['over_10', 'over_6_10', 'over_1_5']);
const BUCKETS = [
  'over_10',
  'over_6_10',
  'over_1_5',
  'today',
  'left_1_3',
  'left_4_7',
  'left_more',
  'none',
  'paused',
] as const;

/** Open tasks by working days over or left; an office opens to its stages, a stage to its officers. */
export function AgeingMatrix() {
  const { t } = useTranslation('supervision');
  const query = useAgeing({});
  return (
    <section className="box" aria-label={t('ageing.title')}>
      <h2>{t('ageing.title')}</h2>
      <Panel query={query} lines={6}>
        {(rows) => {
          const ranked = rows.filter((row) => !row.neutral);
          const neutral = rows.filter((row) => row.neutral);
          return rows.length === 0 ? (
            <Empty title={t('ageing.none')} />
          ) : (
            <>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
              <section className="scroll-x" tabIndex={0} aria-label={t('ageing.title')}>
                <table className="ageing">
                  <thead>
                    <tr>
                      <th scope="col">{t('ageing.office')}</th>
                      {BUCKETS.map((bucket) => (
                        <th key={bucket} scope="col">
                          {t(`ageing.bucket.${bucket}`)}
                        </th>
                      ))}
                      <th scope="col">{t('ageing.total')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {ranked.map((row) => (
                      <Row key={row.office} row={row} depth={0} />
                    ))}
                  </tbody>
                </table>
              </section>
              {neutral.length > 0 && (
                <p className="neutral">
                  {t('ageing.neutral')}
                  {neutral.map((row) => (
                    <BoardLink
                      key={row.office}
                      filter={row.total.filter}
                      label={`${row.officeName} ${row.total.count}`}
                    >
                      {row.officeName} {row.total.count}
                    </BoardLink>
                  ))}
                </p>
              )}
            </>
          );
        }}
      </Panel>
    </section>
  );
}

function Row({ row, depth }: { row: AgeingRow; depth: number }) {
  const { t } = useTranslation('supervision');
  const text = useText();
  const [open, setOpen] = useState(false);
  const name =
    depth === 0
      ? row.officeName
      : depth === 1
        ? text(row.stageTitle)
        : row.personName || (row.person === '-' ? t('ageing.unclaimed') : (row.person ?? ''));
  return (
    <>
      <tr className={`ageing-${depth}`}>
        <th scope="row">
          {depth < 2 ? (
            <button type="button" className="ageing-open" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {name}
            </button>
          ) : (
            name
          )}
        </th>
        {row.cells.map((cell) => (
          <td key={cell.bucket} className={LATE.has(cell.bucket) && cell.count > 0 ? 'ageing-late' : undefined}>
            <Count
              count={cell.count}
              filter={cell.filter}
              label={`${name} ${t(`ageing.bucket.${cell.bucket}`)} ${cell.count}`}
            />
          </td>
        ))}
        <td className="ageing-total">
          <Count
            count={row.total.count}
            filter={row.total.filter}
            label={`${name} ${t('ageing.total')} ${row.total.count}`}
          />
        </td>
      </tr>
      {open && (
        <Below
          part={
            depth === 0 ? { office: row.office } : { office: row.office, type: row.type ?? '', stage: row.stage ?? '' }
          }
          depth={depth + 1}
        />
      )}
    </>
  );
}

/** The rows an opened one consists of. */
function Below({ part, depth }: { part: AgeingPart; depth: number }) {
  const { t } = useTranslation('supervision');
  const query = useAgeing(part);
  if (!query.data) {
    return (
      <tr aria-busy={query.isPending}>
        <td colSpan={BUCKETS.length + 2} className="quiet">
          {t(query.error ? 'common:error.tryAgain' : 'ageing.loading')}
        </td>
      </tr>
    );
  }
  return query.data.map((row) => <Row key={`${row.type}/${row.stage}/${row.person}`} row={row} depth={depth} />);
}

function Count({ count, filter, label }: { count: number; filter: string; label: string }) {
  if (count === 0) return <span className="zero">0</span>;
  return (
    <BoardLink filter={filter} label={label}>
      {count}
    </BoardLink>
  );
}
