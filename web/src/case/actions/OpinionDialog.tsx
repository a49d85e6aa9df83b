import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../shared/FormDialog';
import type { Values } from '../form/schema';
import type { DialogProps } from './ActionDialog';
import { OpinionBox } from './OpinionBox';
import { useOpinion } from './useOpinion';

interface Props extends DialogProps {
  action: string;
  /** Sent with the act, where it carries a form. */
  form?: Values;
}

/** Acts on the whole case name no task. */
const OF_CASE = new Set(['withdraw', 'recall', 'comment', 'urge']);

/** Acts that are nothing without words. */
const NEEDED = new Set(['comment', 'resolve']);

/** Acts whose opinion is kept as a draft of the task. */
const DRAFTED = new Set(['approve', 'correct', 'resolve']);

/** The acts that need no more than an opinion: approve, correct, comment, withdraw, recall. */
export function OpinionDialog({
  action,
  form,
  view,
  draft,
  taskId,
  busy,
  error,
  errorAction,
  onCancel,
  onSend,
}: Props) {
  const { t } = useTranslation('case');
  const [opinion, write] = useOpinion(draft, action === 'approve' ? t('opinion.approve') : '', DRAFTED.has(action));
  const nothing = action === 'correct' && form !== undefined && Object.keys(form).length === 0;
  const needed = NEEDED.has(action) && opinion.trim() === '';
  return (
    <FormDialog
      title={t(`dialog.${action}`)}
      submit={t(`action.${action}`)}
      busy={busy}
      disabled={nothing || needed}
      error={nothing ? t('dialog.nothingChanged') : error}
      errorAction={errorAction}
      onCancel={onCancel}
      onSubmit={() =>
        onSend({
          action,
          ...(OF_CASE.has(action) ? {} : { taskId }),
          ...(opinion.trim() ? { opinion: opinion.trim() } : {}),
          ...(form && Object.keys(form).length > 0 ? { form } : {}),
        })
      }
    >
      <p className="quiet">{t(`dialog.${action}Hint`, { title: view.title })}</p>
      <OpinionBox
        label={t(action === 'comment' ? 'opinion.comment' : 'opinion.label')}
        value={opinion}
        onChange={write}
        autoFocus
        rows={3}
        {...(action === 'approve' ? { builtIn: 'approve' as const } : {})}
      />
    </FormDialog>
  );
}
