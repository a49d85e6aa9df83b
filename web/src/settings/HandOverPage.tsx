import { Alert, Button, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOfficers, useOffices } from '../api/directory';
import { useMe } from '../api/session';
import { useBulkAct, useHeldTasks } from '../api/tasks';
import type { BulkResult, TaskItem } from '../api/types';
import { useDebounced } from '../app/search/useDebounced';
import { OpinionBox } from '../case/actions/OpinionBox';
import { BulkResults } from '../inbox/BulkResults';
import { DataTable } from '../shared/DataTable';
import { DueTag } from '../shared/DueTag';
import { Empty, Panel } from '../shared/Panel';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';

/** How many tasks one bulk act takes. */
const BULK = 500;

/** 离岗移交: all the open tasks of an officer who leaves go to a colleague, with a result for each. */
export function HandOverPage() {
  const { t } = useTranslation('settings');
  const words = useProblemWords();
  const me = useMe();
  const supervises = me.posts.some((post) => post.role === 'supervisor');
  const headed = new Map(me.posts.filter((post) => post.role === 'head').map((post) => [post.office, post.officeName]));
  const [office, setOffice] = useState([...headed.keys()][0] ?? '');
  const [leaver, setLeaver] = useState('');
  const [to, setTo] = useState('');
  const [opinion, setOpinion] = useState('');
  const [results, setResults] = useState<{ tasks: TaskItem[]; results: BulkResult[] }>();
  const officers = useOfficers(office).data ?? [];
  const held = useHeldTasks(leaver);
  const act = useBulkAct();
  const tasks = held.data ?? [];
  const here = tasks.filter((task) => task.office === office).slice(0, BULK);
  const options = officers.map((officer) => ({
    value: officer.id,
    label: `${officer.name} · ${officer.roles.map((role) => t(`common:role.${role}`)).join('、')}`,
  }));
  const send = () =>
    act.mutate(
      {
        action: 'reassign',
        opinion: opinion.trim(),
        target: { office, user: to },
        items: here.map((task) => ({ taskId: task.id, seen: task.version })),
      },
      { onSuccess: (answer) => setResults({ tasks: here, results: answer.items }) },
    );
  return (
    <>
      <p className="quiet gap-below">{t('handOver.hint')}</p>
      <section className="box hand-over">
        <Form layout="vertical" component="div">
          {(supervises || headed.size > 1) && (
            <OfficeSelect
              supervises={supervises}
              headed={headed}
              office={office}
              onChange={(next) => {
                setOffice(next);
                setLeaver('');
                setTo('');
              }}
            />
          )}
          <Form.Item label={t('handOver.leaver')} htmlFor="hand-over-from">
            <Select
              id="hand-over-from"
              value={leaver || undefined}
              placeholder={t('substitutes.choose')}
              options={options}
              onChange={setLeaver}
            />
          </Form.Item>
          <Form.Item label={t('handOver.to')} htmlFor="hand-over-to">
            <Select
              id="hand-over-to"
              value={to || undefined}
              placeholder={t('substitutes.choose')}
              options={options.filter((option) => option.value !== leaver)}
              onChange={setTo}
            />
          </Form.Item>
        </Form>
        <div className="dialog-body">
          <OpinionBox label={t('handOver.opinion')} value={opinion} onChange={setOpinion} />
          {act.error && <Alert type="error" showIcon title={words(act.error)} />}
          <div>
            <Button
              type="primary"
              loading={act.isPending}
              disabled={here.length === 0 || !to || !opinion.trim()}
              onClick={send}
            >
              {t('handOver.submit', { count: here.length })}
            </Button>
          </div>
        </div>
      </section>
      {leaver && (
        <section className="box">
          <h2>{t('handOver.held', { count: here.length })}</h2>
          <Panel query={held}>
            {() => (here.length === 0 ? <Empty title={t('handOver.none')} /> : <HeldTable tasks={here} />)}
          </Panel>
        </section>
      )}
      {results && <BulkResults tasks={results.tasks} results={results.results} onClose={() => setResults(undefined)} />}
    </>
  );
}

function HeldTable({ tasks }: { tasks: TaskItem[] }) {
  const { t } = useTranslation('settings');
  const text = useText();
  return (
    <DataTable
      items={tasks}
      rowKey={(task) => task.id}
      minWidth={640}
      columns={[
        { key: 'stage', title: t('handOver.stage'), width: 160, render: (task) => text(task.stageTitle) },
        {
          key: 'case',
          title: t('handOver.case'),
          render: (task) => (
            <>
              <Link to={`/cases/${task.case}`}>{task.title}</Link>
              <div className="quiet mono">{task.case}</div>
            </>
          ),
        },
        {
          key: 'due',
          title: t('handOver.due'),
          width: 170,
          render: (task) => <DueTag due={task.due} days={task.dueDays} />,
        },
      ]}
    />
  );
}

interface OfficeSelectProps {
  supervises: boolean;
  headed: Map<string, string>;
  office: string;
  onChange: (office: string) => void;
}

/** Supervisors search their district; heads of several offices choose among these. */
function OfficeSelect({ supervises, headed, office, onChange }: OfficeSelectProps) {
  const { t } = useTranslation('settings');
  const [typed, setTyped] = useState('');
  const found = useOffices({ q: useDebounced(typed, 250) }, supervises).data ?? [];
  const options = supervises
    ? found.map((each) => ({ value: each.id, label: each.name }))
    : [...headed].map(([value, label]) => ({ value, label }));
  return (
    <Form.Item label={t('substitutes.office')} htmlFor="hand-over-office">
      <Select
        id="hand-over-office"
        {...(supervises ? { showSearch: { filterOption: false, onSearch: setTyped } } : {})}
        value={office || undefined}
        placeholder={t('case:target.officePlaceholder')}
        options={options}
        onChange={onChange}
      />
    </Form.Item>
  );
}
