import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSubmitCase } from '../api/cases';
import { useAllowed } from '../api/session';
import type { RosterView } from '../api/types';
import { FormDialog } from '../shared/FormDialog';
import { useProblemWords } from '../shared/tell';
import { goingOn } from './findings';

/** Step four: says how many people go on and how many stay, then makes the case. */
export function ConfirmBar({ roster }: { roster: RosterView }) {
  const { t } = useTranslation('roster');
  const go = useNavigate();
  const words = useProblemWords();
  const allowed = useAllowed();
  const [asking, setAsking] = useState(false);
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  const people = goingOn(roster);
  const staying = roster.totals.blocker;
  if (!allowed('case.submit')) return null;
  return (
    <div className="confirm">
      <span className="grow">
        {t('confirm.goingOn', { count: people })}
        {staying > 0 && <span className="quiet"> {t('confirm.staying', { count: staying })}</span>}
      </span>
      <Button type="primary" disabled={people === 0} onClick={() => setAsking(true)}>
        {t('confirm.button', { count: people })}
      </Button>
      {asking && (
        <FormDialog
          title={t('confirm.title', { count: people })}
          submit={t('confirm.send')}
          busy={submit.isPending}
          error={submit.error ? words(submit.error) : ''}
          onCancel={() => {
            setAsking(false);
            submit.reset();
          }}
          onSubmit={() => submit.mutate({ type: 'handover', rosterId: roster.id })}
        >
          <p>{t('confirm.text', { count: people })}</p>
          {roster.totals.warning > 0 && <p>{t('confirm.warnings', { count: roster.totals.warning })}</p>}
          {staying > 0 && <p>{t('confirm.stayingLong', { count: staying })}</p>}
        </FormDialog>
      )}
    </div>
  );
}
