import { CheckCircleOutlined, FilterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { useTasks } from '../api/tasks';
import type { TaskItem } from '../api/types';
import { Moment } from '../shared/Moment';
import { More } from '../shared/More';
import { Empty, Failure, Panel } from '../shared/Panel';
import { BulkBar } from './BulkBar';
import { type InboxAddress, isOpenBox } from './filters';
import { LastDone } from './LastDone';
import { TaskCard } from './TaskCard';

interface Props {
  query: ReturnType<typeof useTasks>;
  tasks: TaskItem[];
  address: InboxAddress;
  highlighted: string;
  checked: string[];
  onToggle: (id: string) => void;
  onClearChecked: () => void;
  onOpen: (task: TaskItem) => void;
  onResetFilters: () => void;
}

export function TaskList({
  query,
  tasks,
  address,
  highlighted,
  checked,
  onToggle,
  onClearChecked,
  onOpen,
  onResetFilters,
}: Props) {
  const { t } = useTranslation('inbox');
  const selectable = isOpenBox(address.box) || address.box === 'started';
  const chosen = tasks.filter((task) => checked.includes(task.id));
  if (query.error && !query.data) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      {selectable && <BulkBar key={address.box} box={address.box} tasks={chosen} onDone={onClearChecked} />}
      <Panel query={query} lines={8}>
        {() =>
          tasks.length === 0 ? (
            <Nothing address={address} onReset={onResetFilters} />
          ) : (
            <>
              <ul className="cards" aria-label={t(`frame:box.${address.box}`)}>
                {tasks.map((task) => (
                  <TaskCard
                    key={task.id}
                    task={task}
                    open={task.id === address.task}
                    highlighted={task.id === highlighted}
                    checked={selectable && task.state !== 'signed' ? checked.includes(task.id) : undefined}
                    onToggle={() => onToggle(task.id)}
                    onOpen={() => onOpen(task)}
                  />
                ))}
              </ul>
              <More query={query} />
              {query.dataUpdatedAt > 0 && (
                <p className="quiet list-foot">
                  {t('shown', { count: tasks.length })} · {t('asOf')}{' '}
                  <Moment at={new Date(query.dataUpdatedAt).toISOString()} />
                </p>
              )}
            </>
          )
        }
      </Panel>
    </>
  );
}

/** Empty for one of two reasons: a filter hides everything, or everything is done. */
function Nothing({ address, onReset }: { address: InboxAddress; onReset: () => void }) {
  const { t } = useTranslation('inbox');
  if (address.type || address.q || address.due) {
    return (
      <Empty
        icon={<FilterOutlined aria-hidden />}
        title={t('empty.filter')}
        hint={t('empty.filterHint')}
        action={<Button onClick={onReset}>{t('empty.clear')}</Button>}
      />
    );
  }
  if (isOpenBox(address.box)) {
    return (
      <Empty
        icon={<CheckCircleOutlined aria-hidden />}
        title={t(`empty.${address.box}`)}
        hint={<LastDone />}
        action={address.box === 'todo' ? <Link to="/inbox?box=claimable">{t('empty.seeClaimable')}</Link> : undefined}
      />
    );
  }
  return <Empty title={t(`empty.${address.box}`)} hint={t(`empty.${address.box}Hint`)} />;
}
