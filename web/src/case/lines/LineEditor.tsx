import { Alert, App, Button, Checkbox, Select, Table } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useLines } from '../../api/cases';
import type { CaseView, Line, TaskView } from '../../api/types';
import { Chip } from '../../shared/Chip';
import { Clause } from '../../shared/Clause';
import { Panel } from '../../shared/Panel';
import { useProblemWords } from '../../shared/tell';
import { useJoin, useText } from '../../shared/text';
import { EstateChips } from './EstateChips';
import { asLines, type Edits, estateOf, heldValue, setOn } from './edits';
import { FieldCell } from './FieldCell';
import { useLineOptions } from './useLineOptions';

interface Props {
  view: CaseView;
  task: TaskView;
  editable: boolean;
}

/** How wide the column of a field is, by what is put into it. */
const WIDTHS = { choice: 260, text: 240, number: 90, date: 160 } as const;

/** The people of the batch with the fields this stage may correct, one by one or many at once. */
export function LineEditor({ view, task, editable }: Props) {
  const { t } = useTranslation('case');
  const text = useText();
  const join = useJoin();
  const query = useLines(view.no, { outcome: 'open' });
  return (
    <section className="box">
      <h2>
        {t('lines.edit')} <span className="quiet">{join(task.form.lineFields.map((field) => text(field.title)))}</span>
      </h2>
      <Panel query={query}>
        {(data) => (
          <>
            <Editor view={view} task={task} editable={editable} lines={data.pages.flatMap((page) => page.items)} />
            {query.hasNextPage && (
              <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('lines.loadMore', { total: data.pages[0]?.total ?? 0 })}
              </Button>
            )}
          </>
        )}
      </Panel>
    </section>
  );
}

function Editor({ view, task, editable, lines }: Props & { lines: Line[] }) {
  const { t } = useTranslation('case');
  const text = useText();
  const words = useProblemWords();
  const { message } = App.useApp();
  const [edits, setEdits] = useState<Edits>({});
  const [chosen, setChosen] = useState<string[]>([]);
  const [unassigned, setUnassigned] = useState(false);
  const [bulk, setBulk] = useState<Record<string, string | undefined>>({});
  const fields = task.form.lineFields;
  const optionsOf = useLineOptions(view, fields);
  // What is written differs from person to person; what is chosen may be set for many at once.
  const chosenFields = fields.filter((field) => field.kind === 'choice');
  const places = fields.filter((field) => field.key === 'street' || field.key === 'community');
  const visible = useMemo(() => {
    const wanted = unassigned
      ? lines.filter((line) => places.some((field) => heldValue(line, field.key) === ''))
      : lines;
    // Neighbours stand together, so that an estate can be assigned at once.
    return unassigned
      ? [...wanted].sort((a, b) => estateOf(a.residence).localeCompare(estateOf(b.residence), 'zh'))
      : wanted;
  }, [lines, unassigned, places]);
  const act = useAct(view.no, () => {
    message.info(t('lines.saved', { count: asLines(edits).length }));
    setEdits({});
    setChosen([]);
  });
  const count = asLines(edits).length;
  const selected = lines.filter((line) => chosen.includes(line.id));
  const withoutPlace =
    places.length > 0 ? lines.filter((line) => places.some((field) => heldValue(line, field.key) === '')).length : 0;
  return (
    <>
      {withoutPlace > 0 && (
        <div className="toolbar">
          <Chip on={unassigned} onClick={() => setUnassigned(!unassigned)}>
            {t('lines.unassigned', { count: withoutPlace })}
          </Chip>
          <span className="quiet">{t('lines.unassignedHint')}</span>
        </div>
      )}
      {editable && unassigned && <EstateChips no={view.no} chosen={chosen} onChoose={setChosen} />}
      {editable && (
        <div className="toolbar">
          <Checkbox
            checked={chosen.length > 0 && chosen.length === visible.length}
            indeterminate={chosen.length > 0 && chosen.length < visible.length}
            onChange={(event) => setChosen(event.target.checked ? visible.map((line) => line.id) : [])}
          >
            {t('lines.all', { count: visible.length })}
          </Checkbox>
          <strong>{t('lines.chosen', { count: chosen.length })}</strong>
          {chosenFields.map((field) => (
            <span key={field.key} className="bulk-set">
              <Select
                size="small"
                className="line-select"
                aria-label={t('lines.setAll', { field: text(field.title) })}
                placeholder={text(field.title)}
                showSearch={{ optionFilterProp: 'label' }}
                value={bulk[field.key]}
                options={optionsOf(field)}
                onChange={(value: string) => setBulk({ ...bulk, [field.key]: value })}
              />
              <Button
                size="small"
                disabled={chosen.length === 0 || !bulk[field.key]}
                onClick={() => setEdits(setOn(edits, selected, field.key, bulk[field.key] ?? ''))}
              >
                {t('lines.apply')}
              </Button>
            </span>
          ))}
          <span className="grow" />
          {count > 0 && (
            <Button size="small" onClick={() => setEdits({})}>
              {t('lines.undo')}
            </Button>
          )}
          <Button
            type="primary"
            size="small"
            disabled={count === 0}
            loading={act.isPending}
            onClick={() =>
              act.mutate({ action: 'correct', taskId: task.id, seen: view.version, lines: asLines(edits) })
            }
          >
            {t('lines.save', { count })}
          </Button>
        </div>
      )}
      {count > 0 && <Alert type="info" showIcon className="gap-below" title={t('lines.unsaved', { count })} />}
      {act.error && <Alert type="error" showIcon className="gap-below" title={words(act.error)} />}
      <Table<Line>
        size="small"
        rowKey="id"
        pagination={visible.length > 50 ? { pageSize: 50, showSizeChanger: false, size: 'small' } : false}
        dataSource={visible}
        scroll={{ x: 640 }}
        {...(editable
          ? {
              rowSelection: {
                selectedRowKeys: chosen,
                // antd repeats the box of the heading in a hidden row that can be reached by keyboard;
                // "all" stands in the toolbar instead.
                hideSelectAll: true,
                onChange: (keys) => setChosen(keys.map(String)),
                getCheckboxProps: (line) => ({ 'aria-label': t('lines.choose', { n: line.row }) }),
              },
            }
          : {})}
        columns={[
          { title: t('column.row'), dataIndex: 'row', width: 56 },
          {
            title: t('column.person'),
            render: (_, line) =>
              line.hidden ? <span className="quiet">{text(line.outcomeReason)}</span> : <PersonCell line={line} />,
          },
          ...fields.map((field) => ({
            title: (
              <>
                {text(field.title)} <Clause name={field.clause ?? ''} />
              </>
            ),
            width: WIDTHS[field.kind],
            render: (_: unknown, line: Line) => (
              <FieldCell
                field={field}
                line={line}
                edited={edits[line.id]?.[field.key]}
                options={optionsOf(field)}
                editable={editable && !line.hidden}
                onChange={(value) => setEdits(setOn(edits, [line], field.key, value))}
              />
            ),
          })),
        ]}
      />
    </>
  );
}

function PersonCell({ line }: { line: Line }) {
  return (
    <>
      {line.name} <span className="quiet mono">{line.idNumber}</span>
      <div className="quiet">{line.residence}</div>
    </>
  );
}
