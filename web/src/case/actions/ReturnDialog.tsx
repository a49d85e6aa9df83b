import { Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Defect } from '../../api/types';
import { FormDialog } from '../../shared/FormDialog';
import { useText } from '../../shared/text';
import type { DialogProps } from './ActionDialog';
import { DefectsBuilder } from './DefectsBuilder';
import { OpinionBox } from './OpinionBox';
import { useOpinion } from './useOpinion';

/** Back to an earlier stage of the path taken, with every defect at once. */
export function ReturnDialog({ view, draft, taskId, busy, error, errorAction, onCancel, onSend }: DialogProps) {
  const { t } = useTranslation('case');
  const text = useText();
  const stages = view.earlierStages;
  const current = view.plan.find((step) => step.state === 'current');
  const acceptance =
    view.actions.some((action) => action.action === 'not-accept' && action.taskId === taskId && action.allowed) ||
    current?.stage === 'acceptance';
  // A return from acceptance goes to the applicant; between offices the step before is the usual one.
  const usual = acceptance ? stages[0] : stages[stages.length - 1];
  const [toStage, setToStage] = useState(usual?.key ?? '');
  const [afterReturn, setAfterReturn] = useState<'here' | 'walk'>(view.walkAgain ? 'walk' : 'here');
  const [opinion, setOpinion] = useOpinion(draft, '');
  const [defects, setDefects] = useState<Defect[]>([]);
  const complete = defects.filter((defect) => defect.item.trim() !== '');
  return (
    <FormDialog
      title={t(acceptance ? 'return.toApplicant' : 'return.internal')}
      submit={t('action.return')}
      width={720}
      busy={busy}
      disabled={!opinion.trim() || !toStage}
      error={error}
      errorAction={errorAction}
      onCancel={onCancel}
      onSubmit={() =>
        onSend({
          action: 'return',
          taskId,
          toStage,
          afterReturn,
          opinion: opinion.trim(),
          ...(complete.length > 0 ? { defects: complete } : {}),
        })
      }
    >
      <label htmlFor="to-stage">{t('return.toStage')}</label>
      <Select
        id="to-stage"
        value={toStage}
        onChange={setToStage}
        options={stages.map((stage) => ({ value: stage.key, label: text(stage.title) }))}
      />
      <Radio.Group
        aria-label={t('return.after')}
        className="stack"
        value={afterReturn}
        onChange={(event) => setAfterReturn(event.target.value as 'here' | 'walk')}
        options={[
          { value: 'here', label: t('return.here'), disabled: view.walkAgain },
          { value: 'walk', label: t('return.walk') },
        ]}
      />
      <DefectsBuilder view={view} notice={acceptance} defects={defects} onChange={setDefects} />
      <OpinionBox label={t('return.opinion')} value={opinion} onChange={setOpinion} builtIn="return" />
    </FormDialog>
  );
}
