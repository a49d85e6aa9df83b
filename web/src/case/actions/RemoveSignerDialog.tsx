import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskView } from '../../api/types';
import { FormDialog } from '../../shared/FormDialog';
import type { DialogProps } from './ActionDialog';
import { OpinionBox } from './OpinionBox';
import { TaskField } from './TaskField';

/** 减签: takes out an added signer who has not signed. */
export function RemoveSignerDialog(props: DialogProps & { tasks: TaskView[] }) {
  const { tasks, busy, error, errorAction, onCancel, onSend } = props;
  const { t } = useTranslation('case');
  const [which, setWhich] = useState(tasks[0]?.id ?? '');
  const [opinion, setOpinion] = useState('');
  const task = tasks.find((each) => each.id === which);
  return (
    <FormDialog
      title={t('dialog.remove-signer')}
      submit={t('action.remove-signer')}
      busy={busy}
      disabled={!which}
      error={error}
      errorAction={errorAction}
      onCancel={onCancel}
      onSubmit={() =>
        onSend({
          action: 'remove-signer',
          taskId: which,
          ...(opinion.trim() ? { opinion: opinion.trim() } : {}),
        })
      }
    >
      <p className="quiet">
        {t('dialog.remove-signerHint', { office: task?.officeName ?? '', name: task?.ownerName ?? '' })}
      </p>
      <TaskField label={t('whichTask')} tasks={tasks} value={which} onChange={setWhich} />
      <OpinionBox label={t('opinion.words')} value={opinion} onChange={setOpinion} />
    </FormDialog>
  );
}
