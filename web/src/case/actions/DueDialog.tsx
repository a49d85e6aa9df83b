import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskView } from '../../api/types';
import { absolute } from '../../shared/dates';
import { FormDialog } from '../../shared/FormDialog';
import { useLanguage } from '../../shared/useLanguage';
import type { DialogProps } from './ActionDialog';
import { DateField } from './DateField';
import { OpinionBox } from './OpinionBox';
import { TaskField } from './TaskField';

interface Props extends DialogProps {
  action: 'extend' | 'supervise';
  tasks: TaskView[];
}

/** What a supervision is called depends on whom it goes to (glossary.md). */
function supervisionTo(kind: string | undefined): 'request' | 'reminder' | 'order' {
  if (kind === 'organisation' || kind === 'party') return 'request';
  return kind === 'enterprise' ? 'reminder' : 'order';
}

/** 延长办理时限, 督办: a day and the reason. */
export function DueDialog({ action, tasks, view, busy, error, errorAction, onCancel, onSend }: Props) {
  const { t } = useTranslation('case');
  const language = useLanguage();
  const [which, setWhich] = useState(tasks[0]?.id ?? '');
  const [due, setDue] = useState('');
  const [opinion, setOpinion] = useState('');
  const extend = action === 'extend';
  const current = view.plan.find((step) => step.state === 'current');
  const title = extend ? t('dialog.extend') : t(`supervise.${supervisionTo(current?.officeKind)}`);
  const present = tasks.find((task) => task.id === which)?.due;
  return (
    <FormDialog
      title={title}
      submit={extend ? t('action.extend') : title}
      busy={busy}
      disabled={!opinion.trim() || (extend && !due)}
      error={error}
      errorAction={errorAction}
      onCancel={onCancel}
      onSubmit={() =>
        onSend({
          action,
          ...(which ? { taskId: which } : {}),
          ...(due ? { due } : {}),
          opinion: opinion.trim(),
        })
      }
    >
      <p className="quiet">{t(extend ? 'dialog.extendHint' : 'dialog.superviseHint')}</p>
      <TaskField label={t('whichTask')} tasks={tasks} value={which} onChange={setWhich} />
      {extend && present && <p>{t('extend.present', { date: absolute(present, language) })}</p>}
      <DateField id="new-due" label={t(extend ? 'extend.due' : 'supervise.due')} value={due} onChange={setDue} />
      <OpinionBox
        label={t(extend ? 'extend.opinion' : 'supervise.opinion')}
        value={opinion}
        onChange={setOpinion}
        rows={3}
      />
    </FormDialog>
  );
}
