import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLines } from '../../api/cases';
import { useAllowed } from '../../api/session';
import type { CaseView, Line } from '../../api/types';
import { DataTable } from '../../shared/DataTable';
import { partialDate } from '../../shared/dates';
import { More } from '../../shared/More';
import { Empty, Panel } from '../../shared/Panel';
import { useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';
import { useUrlState } from '../../shared/useUrlState';
import { Totals } from './Totals';

/** The manifest of a transfer: each person's archive, what was found, and who holds it now. */
export function ArchivesTab({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const [params, change] = useUrlState();
  const outcome = params.get('outcome') ?? '';
  const query = useLines(view.no, { outcome });
  return (
    <Panel query={query} lines={8}>
      {(data) => {
        const lines = data.pages.flatMap((page) => page.items);
        const totals = data.pages[0]?.totals;
        return (
          <>
            {totals && (
              <Totals totals={totals} chosen={outcome} onChoose={(next) => change({ outcome: next || undefined })} />
            )}
            {lines.length === 0 ? <Empty title={t('lines.empty')} /> : <ArchiveTable lines={lines} />}
            <More query={query} />
          </>
        );
      }}
    </Panel>
  );
}

function ArchiveTable({ lines }: { lines: Line[] }) {
  const { t } = useTranslation('case');
  const text = useText();
  const language = useLanguage();
  const people = useAllowed()('person.read');
  return (
    <DataTable
      items={lines}
      rowKey={(line) => line.id}
      minWidth={900}
      columns={[
        { key: 'row', title: t('column.row'), width: 56, render: (line) => line.row },
        {
          key: 'person',
          title: t('column.person'),
          width: 190,
          render: (line) => (
            <>
              {line.person && people ? <Link to={`/people/${line.person}`}>{line.name}</Link> : line.name}
              <div className="quiet mono">{line.idNumber}</div>
            </>
          ),
        },
        {
          key: 'number',
          title: t('archives.number'),
          render: (line) => (
            <>
              <span className="mono">{line.archive?.number}</span>
              {line.archive?.missing && (
                <div className="quiet">{t('archives.missing', { text: line.archive.missing })}</div>
              )}
            </>
          ),
        },
        {
          key: 'volumes',
          title: t('archives.volumes'),
          width: 120,
          render: (line) =>
            line.archive?.pages
              ? t('archives.sheet', { volumes: line.archive.volumes, pages: line.archive.pages })
              : t('archives.onlyVolumes', { volumes: line.archive?.volumes ?? 0 }),
        },
        {
          key: 'result',
          title: t('archives.result'),
          render: (line) => (
            <>
              {line.outcome && t(`common:outcome.${line.outcome}`)}
              {line.archive?.finding && <div className="quiet">{text(line.archive.findingTitle)}</div>}
              {line.archive?.supplementBy && (
                <div className="quiet">
                  {t('archives.supplement', { date: partialDate(line.archive.supplementBy, language) })}
                </div>
              )}
            </>
          ),
        },
        {
          key: 'holder',
          title: t('archives.holder'),
          render: (line) => (
            <>
              {line.archive?.holder}
              <div className="quiet">{text(line.archive?.stateTitle)}</div>
            </>
          ),
        },
        { key: 'shelf', title: t('archives.shelf'), width: 150, render: (line) => line.archive?.shelf },
      ]}
    />
  );
}
