import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLines } from '../../api/cases';
import { useOffices } from '../../api/directory';
import { useAllowed } from '../../api/session';
import type { CaseView, Line } from '../../api/types';
import { INTERIM_FORMS } from '../../procedures/forms';
import { DataTable } from '../../shared/DataTable';
import { More } from '../../shared/More';
import { Empty, Panel } from '../../shared/Panel';
import { useText } from '../../shared/text';
import { useUrlState } from '../../shared/useUrlState';
import { Cell } from './Cell';
import { ReturnedOffer } from './ReturnedOffer';
import { Totals } from './Totals';

/** The columns of the matrix: the stages a person of the batch passes. */
const CELLS = ['submission', 'match', 'street', 'community', 'reception', 'archive', 'party'] as const;

/** The columns of the archive and of the Party relation are there for those who may see the transfers, once they have begun. */
const columnsOf = (lines: Line[], type: string) =>
  CELLS.filter((name) => !(LEFT_OUT[type] ?? []).includes(name)).filter(
    (name) => (name !== 'archive' && name !== 'party') || lines.some((line) => line.cells[name]),
  );

/** The stages that people of a case do not pass: no street takes part in an interim form, and who moves from one was handed over before. */
const LEFT_OUT: Record<string, string[]> = {
  ...Object.fromEntries(INTERIM_FORMS.map((type) => [type, ['street', 'community']])),
  transition: ['submission', 'match'],
};

/** The people of a batch × its stages. Every filter stands in the address. */
export function LinesTab({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const [params, change] = useUrlState();
  const filter = {
    street: params.get('street') ?? '',
    community: params.get('community') ?? '',
    outcome: params.get('outcome') ?? '',
    q: params.get('person') ?? '',
  };
  const cell = params.get('cell') ?? '';
  const query = useLines(view.no, filter);
  return (
    <Panel query={query} lines={8}>
      {(data) => {
        const loaded = data.pages.flatMap((page) => page.items);
        const totals = data.pages[0]?.totals;
        const total = data.pages[0]?.total ?? loaded.length;
        const shown = cell ? loaded.filter((line) => cellOf(line, cell)) : loaded;
        return (
          <div>
            {totals && <Totals totals={totals} chosen={filter.outcome} onChoose={(outcome) => change({ outcome })} />}
            {totals && <ReturnedOffer view={view} count={totals.outcomes.returned ?? 0} />}
            <div className="toolbar lines-toolbar">
              <StreetFilter
                view={view}
                codes={Object.keys(totals?.streets ?? {})}
                value={filter.street}
                onChange={(street) => change({ street, community: undefined })}
              />
              {filter.street && (
                <CommunityFilter
                  street={filter.street}
                  value={filter.community}
                  onChange={(community) => change({ community })}
                />
              )}
              <Select
                allowClear
                aria-label={t('lines.cell')}
                placeholder={t('lines.cell')}
                value={cell || undefined}
                onChange={(value: string | undefined) => change({ cell: value })}
                popupMatchSelectWidth={false}
                options={columnsOf(loaded, view.type).flatMap((name) =>
                  ['open', 'planned', 'done'].map((state) => ({
                    value: `${name}:${state}`,
                    label: `${t(`column.${name}`)} · ${t(`cell.${state}`)}`,
                  })),
                )}
              />
              <Input.Search
                allowClear
                className="lines-search"
                placeholder={t('lines.name')}
                aria-label={t('lines.name')}
                defaultValue={filter.q}
                onSearch={(person) => change({ person: person.trim() })}
              />
            </div>
            {shown.length === 0 ? (
              <Empty
                title={t('lines.empty')}
                action={
                  <Button
                    onClick={() =>
                      change({
                        street: undefined,
                        community: undefined,
                        outcome: undefined,
                        person: undefined,
                        cell: undefined,
                      })
                    }
                  >
                    {t('common:clearFilter')}
                  </Button>
                }
              />
            ) : (
              <LineTable lines={shown} type={view.type} />
            )}
            <p className="quiet list-foot">{t('lines.shown', { shown: shown.length, total })}</p>
            <More query={query} />
          </div>
        );
      }}
    </Panel>
  );
}

/** Whether a line stands in a cell such as `match:open`; the reception also by its own stages. */
function cellOf(line: Line, cell: string): boolean {
  const [name = '', wanted] = cell.split(':');
  const state = line.cells[name] ?? '';
  if (name !== 'reception') return state === wanted;
  if (wanted === 'open') return state === 'verification' || state === 'confirmation';
  if (wanted === 'planned') return state === 'planned';
  return line.outcome !== '';
}

function LineTable({ lines, type }: { lines: Line[]; type: string }) {
  const { t } = useTranslation('case');
  const text = useText();
  const allowed = useAllowed();
  const people = allowed('person.read');
  return (
    <DataTable
      items={lines}
      rowKey={(line) => line.id}
      minWidth={columnsOf(lines, type).length * 150 + 320}
      columns={[
        { key: 'row', title: t('column.row'), width: 56, fixed: true, render: (line) => line.row },
        {
          key: 'person',
          title: t('column.person'),
          width: 190,
          fixed: true,
          render: (line) =>
            line.hidden || !line.name ? (
              <span className="quiet">{text(line.outcomeReason)}</span>
            ) : (
              <>
                {line.person && people ? <Link to={`/people/${line.person}`}>{line.name}</Link> : line.name}
                <div className="quiet mono">{line.idNumber}</div>
              </>
            ),
        },
        ...columnsOf(lines, type).map((name) => ({
          key: name,
          title: t(`column.${name}`),
          width: name === 'match' ? 210 : 150,
          render: (line: Line) => (
            <>
              <Cell state={line.cells[name]} />
              <CellHint name={name} line={line} />
            </>
          ),
        })),
      ]}
    />
  );
}

/** Whether the case that carries the line is that of an interim form, not a street's. */
const underForm = (line: Line) => /-F[2-5]$/.test(line.intake ?? '');

/** What stands under the word of a cell: the office, the reason, the link to the reception. */
function CellHint({ name, line }: { name: (typeof CELLS)[number]; line: Line }) {
  const { t } = useTranslation('case');
  const text = useText();
  if (name === 'match') return <div className="quiet">{text(line.matchReason)}</div>;
  if (name === 'street')
    return line.intake && !underForm(line) ? (
      <div className="hint-line">
        <Link to={`/cases/${line.intake}`}>{line.streetName}</Link>
      </div>
    ) : (
      <div className="quiet">{line.streetName}</div>
    );
  if (name === 'community') return <div className="quiet">{line.communityName}</div>;
  if (name === 'reception') {
    return (
      <>
        {line.reception && (
          <div className="hint-line">
            <Link to={`/cases/${line.reception}`}>{t('lines.openReception')}</Link>
          </div>
        )}
        {!line.reception && underForm(line) && (
          <div className="hint-line">
            <Link to={`/cases/${line.intake}`}>{t('lines.openForm')}</Link>
          </div>
        )}
        {line.outcome && line.outcome !== 'received' && !line.hidden && (
          <div className="quiet">{text(line.outcomeReason)}</div>
        )}
        {line.dispute && (
          <div className="hint-line">
            <Link to={`/cases/${line.dispute}`}>{t('lines.openDispute')}</Link>
          </div>
        )}
      </>
    );
  }
  if (name === 'party')
    return line.relation ? (
      <div className="hint-line">
        <Link to={`/cases/${line.relation}`}>{t('lines.openRelation')}</Link>
      </div>
    ) : null;
  if (name === 'archive')
    return line.transfer && line.cells.archive !== 'none' ? (
      <div className="hint-line">
        <Link to={`/cases/${line.transfer}`}>{t('lines.openTransfer')}</Link>
      </div>
    ) : null;
  return null;
}

function StreetFilter({
  view,
  codes,
  value,
  onChange,
}: {
  view: CaseView;
  codes: string[];
  value: string;
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation('case');
  const offices = useOffices({ kind: 'street' }, view.type === 'handover');
  if (view.type !== 'handover' || codes.length === 0) return null;
  const names = new Map((offices.data ?? []).map((office) => [office.region, office.name]));
  return (
    <Select
      allowClear
      aria-label={t('lines.street')}
      placeholder={t('lines.street')}
      value={value || undefined}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={codes.map((code) => ({ value: code, label: names.get(code) ?? code }))}
    />
  );
}

function CommunityFilter({
  street,
  value,
  onChange,
}: {
  street: string;
  value: string;
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation('case');
  const offices = useOffices({ kind: 'community', region: street });
  return (
    <Select
      allowClear
      aria-label={t('lines.community')}
      placeholder={t('lines.community')}
      value={value || undefined}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={(offices.data ?? []).map((office) => ({ value: office.region, label: office.name }))}
    />
  );
}
