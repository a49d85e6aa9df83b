import { Alert, App, Modal, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct, useCase } from '../api/cases';
import { Problem } from '../api/problem';
import type { CaseView } from '../api/types';
import { ActionDialog } from '../case/actions/ActionDialog';
import { useDraft } from '../case/form/useDraft';
import { actsOf } from '../case/myTask';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';

/** The case, and the task of it, that an act is taken on. */
export interface Held {
  no: string;
  taskId?: string;
}

interface Props {
  held: Held;
  action: string;
  onClose: () => void;
}

/** An act of the supervisor from the board: the same small form as on the case page. */
export function BoardAct({ held, action, onClose }: Props) {
  const { t } = useTranslation('case');
  const words = useProblemWords();
  const query = useCase(held.no);
  if (query.data) {
    return (
      <Loaded
        view={query.data}
        taskId={held.taskId ?? ''}
        action={action}
        onReload={() => void query.refetch()}
        onClose={onClose}
      />
    );
  }
  return (
    <Modal open title={t(`action.${action}`)} footer={null} onCancel={onClose}>
      {query.error ? <Alert type="error" showIcon title={words(query.error)} /> : <Skeleton active />}
    </Modal>
  );
}

interface LoadedProps {
  view: CaseView;
  taskId: string;
  action: string;
  onReload: () => void;
  onClose: () => void;
}

function Loaded({ view, taskId, action, onReload, onClose }: LoadedProps) {
  const { t } = useTranslation('case');
  const text = useText();
  const words = useProblemWords();
  const { message } = App.useApp();
  const acts = actsOf(view, taskId);
  const draft = useDraft(acts.task, false);
  const act = useAct(view.no, (after) => {
    message.info({ content: `${t(`done.${action}`)}${text(after.sentence)}`, duration: 6 });
    onClose();
  });
  const permitted = acts.of(action);
  if (!permitted?.allowed) {
    return (
      <Modal open title={t(`action.${action}`)} footer={null} onCancel={onClose}>
        <Alert type="warning" showIcon title={text(permitted?.reason) || t('supervision:list.notNow')} />
      </Modal>
    );
  }
  return (
    <ActionDialog
      action={action}
      acts={acts}
      view={view}
      draft={draft}
      busy={act.isPending}
      error={act.error ? words(act.error) : ''}
      stale={act.error instanceof Problem && act.error.isStale}
      onReload={() => {
        act.reset();
        onReload();
      }}
      onCancel={onClose}
      onSend={(body) => act.mutate({ ...body, seen: view.version })}
    />
  );
}
