import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskItem } from '../api/types';
import { OpinionBox } from '../case/actions/OpinionBox';
import { FormDialog } from '../shared/FormDialog';
import { useText } from '../shared/text';

interface Props {
  action: string;
  tasks: TaskItem[];
  busy: boolean;
  error: string;
  onCancel: () => void;
  onSend: (opinion: string) => void;
}

/** Says what will happen to how many tasks of which stages, before it happens. */
export function BulkDialog({ action, tasks, busy, error, onCancel, onSend }: Props) {
  const { t } = useTranslation('inbox');
  const text = useText();
  const [opinion, setOpinion] = useState(action === 'approve' ? t('case:opinion.approve') : '');
  const stages = new Map<string, number>();
  for (const task of tasks) stages.set(text(task.stageTitle), (stages.get(text(task.stageTitle)) ?? 0) + 1);
  return (
    <FormDialog
      title={t('bulk.title', { action: t(`case:action.${action}`), count: tasks.length })}
      submit={t(`case:action.${action}`)}
      busy={busy}
      error={error}
      onCancel={onCancel}
      onSubmit={() => onSend(opinion)}
    >
      <ul className="bulk-stages">
        {[...stages].map(([stage, count]) => (
          <li key={stage}>
            {stage} · {t('bulk.count', { count })}
          </li>
        ))}
      </ul>
      {action === 'approve' && (
        <>
          <p className="quiet">{t('bulk.approveHint')}</p>
          <OpinionBox label={t('case:opinion.label')} value={opinion} onChange={setOpinion} builtIn="approve" />
        </>
      )}
    </FormDialog>
  );
}
