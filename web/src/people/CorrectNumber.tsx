import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSubmitCase } from '../api/cases';
import { useProcedures } from '../api/directory';
import { useAllowed } from '../api/session';
import type { PersonView } from '../api/types';
import { FormDialog } from '../shared/FormDialog';
import { useProblemWords } from '../shared/tell';

/** Applies for the correction of a person's ID number. The number is typed once and shown masked from then on. */
export function CorrectNumber({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const go = useNavigate();
  const words = useProblemWords();
  const allowed = useAllowed();
  const mayStart = useProcedures().data?.some((each) => each.type === 'identity' && each.mayStart) ?? false;
  const [asking, setAsking] = useState(false);
  const [number, setNumber] = useState('');
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  if (!mayStart || !allowed('case.submit')) return null;
  return (
    <>
      <Button type="link" size="small" onClick={() => setAsking(true)}>
        {t('correct.button')}
      </Button>
      {asking && (
        <FormDialog
          title={t('correct.title')}
          submit={t('correct.submit')}
          busy={submit.isPending}
          disabled={number.trim().length !== 18}
          error={submit.error ? words(submit.error) : ''}
          onCancel={() => {
            setAsking(false);
            setNumber('');
            submit.reset();
          }}
          onSubmit={() => submit.mutate({ type: 'identity', subject: person.id, form: { newNumber: number.trim() } })}
        >
          <p>{t('correct.hint')}</p>
          <label htmlFor="correct-number">{t('correct.number')}</label>
          <Input
            id="correct-number"
            autoFocus
            autoComplete="off"
            className="mono"
            value={number}
            maxLength={18}
            onChange={(event) => setNumber(event.target.value)}
          />
        </FormDialog>
      )}
    </>
  );
}
