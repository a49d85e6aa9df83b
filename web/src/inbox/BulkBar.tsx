import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BulkInput, useBulkAct } from '../api/tasks';
import type { Box, BulkResult, TaskItem } from '../api/types';
import { useProblemWords } from '../shared/tell';
import { BulkDialog } from './BulkDialog';
import { BulkResults } from './BulkResults';

interface Props {
  box: Box;
  tasks: TaskItem[];
  onDone: () => void;
}

/** What a box offers for several tasks at once. */
const ACTIONS: Partial<Record<Box, string[]>> = {
  claimable: ['claim', 'approve', 'transfer'],
  todo: ['approve', 'transfer', 'release'],
  started: ['urge'],
};

/**
 * "n selected": one act on all of them. The ids are frozen when the dialog opens; dialog and results
 * stay when the list is read anew meanwhile and what was ticked is no longer in it.
 */
export function BulkBar({ box, tasks, onDone }: Props) {
  const { t } = useTranslation('inbox');
  const words = useProblemWords();
  const act = useBulkAct();
  const [frozen, setFrozen] = useState<{ action: string; tasks: TaskItem[] }>();
  const [results, setResults] = useState<{ tasks: TaskItem[]; results: BulkResult[] }>();
  const actions = ACTIONS[box] ?? [];
  const send = (action: string, chosen: TaskItem[], words: Pick<BulkInput, 'opinion' | 'target'>) =>
    act.mutate(
      {
        action,
        items: chosen.map((task) => ({ taskId: task.id, seen: task.version })),
        ...words,
      },
      {
        onSuccess: (answer) => {
          setFrozen(undefined);
          setResults({ tasks: chosen, results: answer.items });
        },
      },
    );
  return (
    <>
      {tasks.length > 0 && (
        <div className="bulk" role="toolbar" aria-label={t('bulk.label')}>
          <strong>{t('bulk.chosen', { count: tasks.length })}</strong>
          {actions.map((action) => (
            <Button
              key={action}
              size="small"
              type={action === 'approve' ? 'primary' : 'default'}
              onClick={() => {
                act.reset();
                setFrozen({ action, tasks });
              }}
            >
              {t(`case:action.${action}`)}
            </Button>
          ))}
          <Button size="small" type="text" onClick={onDone}>
            {t('bulk.none')}
          </Button>
        </div>
      )}
      {frozen && (
        <BulkDialog
          action={frozen.action}
          tasks={frozen.tasks}
          busy={act.isPending}
          error={act.error ? words(act.error) : ''}
          onCancel={() => setFrozen(undefined)}
          onSend={(words) => send(frozen.action, frozen.tasks, words)}
        />
      )}
      {results && (
        <BulkResults
          tasks={results.tasks}
          results={results.results}
          onClose={() => {
            setResults(undefined);
            onDone();
          }}
        />
      )}
    </>
  );
}
