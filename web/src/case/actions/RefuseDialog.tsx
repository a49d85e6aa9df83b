import { Alert, AutoComplete } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decisionOn } from '../../shared/decision';
import { FormDialog } from '../../shared/FormDialog';
import type { DialogProps } from './ActionDialog';
import { OpinionBox } from './OpinionBox';
import { useOpinion } from './useOpinion';

/** 不予受理, 不予接收, 不予批准: only where the stage decides; they need a clause and the reason. */
export function RefuseDialog({
  action,
  view,
  draft,
  taskId,
  busy,
  error,
  errorAction,
  onCancel,
  onSend,
}: DialogProps & { action: string }) {
  const { t } = useTranslation('case');
  const [opinion, setOpinion] = useOpinion(draft, '');
  const [clause, setClause] = useState('');
  const context = decisionOn(view.type);
  const clauses = [...new Set(view.plan.flatMap((step) => step.clauses))];
  return (
    <FormDialog
      title={t(`dialog.${action}`, { context })}
      submit={t(`action.${action}`, { context })}
      danger
      busy={busy}
      disabled={!opinion.trim() || !clause.trim()}
      error={error}
      errorAction={errorAction}
      onCancel={onCancel}
      onSubmit={() => onSend({ action, taskId, opinion: opinion.trim(), clause: clause.trim() })}
    >
      <Alert type="warning" showIcon title={t(`dialog.${action}Hint`, { context, title: view.title })} />
      <label htmlFor="clause">{t('refuse.clause')}</label>
      <AutoComplete
        id="clause"
        value={clause}
        onChange={setClause}
        options={clauses.map((value) => ({ value, label: t('common:clause', { name: value }) }))}
      />
      <OpinionBox label={t('refuse.reason')} value={opinion} onChange={setOpinion} rows={3} />
    </FormDialog>
  );
}
