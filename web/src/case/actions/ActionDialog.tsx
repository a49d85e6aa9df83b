import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionBody, CaseView } from '../../api/types';
import type { Draft } from '../form/useDraft';
import type { Acts } from '../myTask';
import { AttachDialog } from './AttachDialog';
import { DueDialog } from './DueDialog';
import { OpinionDialog } from './OpinionDialog';
import { RefuseDialog } from './RefuseDialog';
import { RemoveSignerDialog } from './RemoveSignerDialog';
import { ReturnDialog } from './ReturnDialog';
import { SignersDialog } from './SignersDialog';
import { SuspendDialog } from './SuspendDialog';
import { TargetDialog } from './TargetDialog';

export interface DialogProps {
  view: CaseView;
  draft: Draft;
  taskId: string;
  busy: boolean;
  error: string;
  errorAction: ReactNode;
  onCancel: () => void;
  onSend: (body: Omit<ActionBody, 'seen'>) => void;
}

interface Props extends Omit<DialogProps, 'taskId' | 'errorAction'> {
  action: string;
  acts: Acts;
  stale: boolean;
  onReload: () => void;
}

/** The small form of each act. */
export function ActionDialog({ action, acts, draft, stale, onReload, ...rest }: Props) {
  const { t } = useTranslation('case');
  const props: DialogProps = {
    ...rest,
    draft,
    taskId: acts.task?.id ?? '',
    errorAction: stale ? (
      <Button size="small" onClick={onReload}>
        {t('reload')}
      </Button>
    ) : undefined,
  };
  switch (action) {
    case 'return':
      return <ReturnDialog {...props} />;
    case 'reject':
    case 'not-accept':
      return <RefuseDialog action={action} {...props} />;
    case 'transfer':
    case 'delegate':
      return <TargetDialog action={action} tasks={acts.task ? [acts.task] : []} {...props} />;
    case 'reassign':
      return <TargetDialog action={action} tasks={acts.tasksFor(action)} {...props} />;
    case 'cc':
      return <TargetDialog action={action} tasks={[]} {...props} />;
    case 'add-signer':
      return <SignersDialog {...props} />;
    case 'remove-signer':
      return <RemoveSignerDialog tasks={acts.tasksFor(action)} {...props} />;
    case 'suspend':
      return <SuspendDialog {...props} />;
    case 'extend':
      return <DueDialog action={action} tasks={acts.tasksFor(action)} {...props} />;
    case 'supervise':
      return <DueDialog action={action} tasks={[]} {...props} />;
    case 'attach':
      return <AttachDialog view={rest.view} taskId={props.taskId} material="" onClose={rest.onCancel} />;
    case 'approve':
      return <OpinionDialog action="approve" form={draft.body()} {...props} />;
    case 'correct':
      return <OpinionDialog action="correct" form={draft.changed()} {...props} />;
    default:
      return <OpinionDialog action={action} {...props} />;
  }
}
