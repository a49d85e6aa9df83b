import { EyeOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReveal } from '../api/people';
import { FormDialog } from '../shared/FormDialog';
import { useProblemWords } from '../shared/tell';

interface Props {
  person: string;
  field: 'id_number' | 'phone' | 'new_id_number';
  masked: string;
  revealable: boolean;
}

/** How long a revealed value stays on the screen. */
const SHOWN_SECONDS = 30;

/** A masked value. Revealing asks why, is journaled, and lasts half a minute. */
export function Masked({ person, field, masked, revealable }: Props) {
  const { t } = useTranslation('people');
  const words = useProblemWords();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [value, setValue] = useState('');
  const reveal = useReveal(person);
  useEffect(() => {
    if (!value) return;
    const timer = setTimeout(() => setValue(''), SHOWN_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [value]);
  return (
    <span className="masked">
      <span className="mono">{value || masked}</span>
      {value && <span className="quiet"> {t('reveal.shown', { seconds: SHOWN_SECONDS })}</span>}
      {revealable && !value && (
        <Button type="link" size="small" icon={<EyeOutlined aria-hidden />} onClick={() => setAsking(true)}>
          {t('reveal.button')}
        </Button>
      )}
      {asking && (
        <FormDialog
          title={t(`reveal.title_${field}`)}
          submit={t('reveal.submit')}
          busy={reveal.isPending}
          disabled={reason.trim().length < 2}
          error={reveal.error ? words(reveal.error) : ''}
          onCancel={() => {
            setAsking(false);
            reveal.reset();
          }}
          onSubmit={() =>
            reveal.mutate(
              { field, reason: reason.trim() },
              {
                onSuccess: (answer) => {
                  setValue(answer.value);
                  setAsking(false);
                  setReason('');
                },
              },
            )
          }
        >
          <p>{t('reveal.hint')}</p>
          <label htmlFor="reveal-reason">{t('reveal.reason')}</label>
          <Input
            id="reveal-reason"
            autoFocus
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        </FormDialog>
      )}
    </span>
  );
}
