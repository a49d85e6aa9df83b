import { Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../shared/FormDialog';
import { useText } from '../../shared/text';
import type { DialogProps } from './ActionDialog';
import { DateField } from './DateField';
import { OpinionBox } from './OpinionBox';

/** 中止: the clock stands still for one of the stage's reasons, and says whose time it is. */
export function SuspendDialog({ view, taskId, busy, error, errorAction, onCancel, onSend }: DialogProps) {
  const { t } = useTranslation('case');
  const text = useText();
  const [reason, setReason] = useState(view.suspendReasons[0]?.key ?? '');
  const [body, setBody] = useState('');
  const named = view.suspendReasons.find((each) => each.key === reason)?.namesBody ?? false;
  const [until, setUntil] = useState('');
  const [opinion, setOpinion] = useState('');
  return (
    <FormDialog
      title={t('dialog.suspend')}
      submit={t('action.suspend')}
      busy={busy}
      disabled={!reason || !opinion.trim() || (named && !body.trim())}
      error={error}
      errorAction={errorAction}
      onCancel={onCancel}
      onSubmit={() =>
        onSend({
          action: 'suspend',
          taskId,
          reason,
          opinion: opinion.trim(),
          ...(named ? { body: body.trim() } : {}),
          ...(until ? { until } : {}),
        })
      }
    >
      <p className="quiet">{t('dialog.suspendHint')}</p>
      <Radio.Group
        aria-label={t('suspend.reason')}
        className="stack"
        value={reason}
        onChange={(event) => setReason(event.target.value as string)}
        options={view.suspendReasons.map((each) => ({
          value: each.key,
          label: `${text(each.title)}（${t(`suspend.party.${each.party}`)}）`,
        }))}
      />
      {named && (
        <>
          <label htmlFor="suspend-body">{t('suspend.body')}</label>
          <Input
            id="suspend-body"
            value={body}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setBody(event.target.value)}
          />
        </>
      )}
      <DateField id="suspend-until" label={t('suspend.until')} value={until} onChange={setUntil} />
      <OpinionBox label={t('suspend.opinion')} value={opinion} onChange={setOpinion} />
    </FormDialog>
  );
}
