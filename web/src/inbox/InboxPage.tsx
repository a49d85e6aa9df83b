import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTasks } from '../api/tasks';
import type { ActionBody, CaseView, TaskItem } from '../api/types';
import { Screen } from '../app/Screen';
import { Empty } from '../shared/Panel';
import { useKeys } from '../shared/useKeys';
import { usePhone } from '../shared/useMedia';
import { useUrlState } from '../shared/useUrlState';
import { arrange, type InboxAddress, isOpenBox, nextTask, readAddress } from './filters';
import { InboxFilters } from './InboxFilters';
import { TaskList } from './TaskList';
import { opensNext } from './tact';
import './inbox.css';

// The case page is as large as the inbox itself; it loads when a task is opened.
const CaseDetail = lazy(async () => ({ default: (await import('../case/CaseDetail')).CaseDetail }));

/** Navigation, list, case: the three panes of somebody who does this all day. */
export function InboxPage() {
  const { t } = useTranslation('inbox');
  const [params, change] = useUrlState();
  const address = readAddress(params);
  const phone = usePhone();
  const query = useTasks({ box: address.box, type: address.type, q: address.q });
  const { due, sort, box } = address;
  const tasks = useMemo(
    () => arrange(query.data?.pages.flatMap((page) => page.items) ?? [], { box, due, sort }),
    [query.data, box, due, sort],
  );
  const { checked, toggle, clear } = useSelection(address);
  const [cursor, setCursor] = useState('');
  const open = (task: TaskItem | undefined, push = true) =>
    change({ task: task?.id, case: task?.case, tab: undefined }, { push });
  const highlighted = cursor || address.task;
  const move = (step: number) => {
    const index = tasks.findIndex((task) => task.id === highlighted);
    const target = tasks[Math.min(Math.max(index + step, 0), tasks.length - 1)];
    if (target) setCursor(target.id);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: cursor ? () => open(tasks.find((task) => task.id === cursor)) : undefined,
    x: highlighted && (isOpenBox(box) || box === 'started') ? () => toggle(highlighted) : undefined,
  });
  const acted = (after: CaseView, body: ActionBody) => {
    setCursor('');
    if (body.action === 'claim') {
      // A claimed task moves to the next box and stays in front of its new holder.
      change({ box: 'todo', task: body.taskId, case: after.no });
    } else if (body.action === 'release') {
      change({ box: 'claimable', task: body.taskId, case: after.no });
    } else if (opensNext(after, body)) {
      open(nextTask(tasks, address.task), false);
    }
  };
  const showList = !phone || !address.case;
  const showDetail = !phone || address.case !== '';
  return (
    <div className="inbox">
      {showList && (
        <section className="inbox-list" aria-label={t(`frame:box.${box}`)}>
          <InboxFilters address={address} onChange={change} />
          <TaskList
            query={query}
            tasks={tasks}
            address={address}
            highlighted={highlighted}
            checked={checked}
            onToggle={toggle}
            onClearChecked={clear}
            onOpen={open}
            onResetFilters={() => change({ type: undefined, q: undefined, due: undefined })}
          />
        </section>
      )}
      {showDetail && (
        <section className="inbox-detail" aria-label={t('detail')}>
          {phone && (
            <Button
              type="text"
              icon={<ArrowLeftOutlined aria-hidden />}
              onClick={() => change({ task: undefined, case: undefined, tab: undefined })}
            >
              {t('back')}
            </Button>
          )}
          {address.case ? (
            <Suspense fallback={<Screen />}>
              <CaseDetail key={address.case} no={address.case} taskId={address.task} onActed={acted} />
            </Suspense>
          ) : (
            <Empty title={t('choose.title')} hint={t('choose.hint')} />
          )}
        </section>
      )}
    </div>
  );
}

/** Ticked tasks; another box or filter begins with none. */
function useSelection(address: InboxAddress) {
  const place = `${address.box}|${address.type}|${address.q}`;
  const [state, setState] = useState<{ place: string; ids: string[] }>({ place, ids: [] });
  const ids = state.place === place ? state.ids : [];
  const toggle = (id: string) =>
    setState({ place, ids: ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id] });
  return { checked: ids, toggle, clear: () => setState({ place, ids: [] }) };
}
