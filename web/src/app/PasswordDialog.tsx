import { App, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePassword } from '../api/session';
import { FormDialog } from '../shared/FormDialog';
import { useProblemWords } from '../shared/tell';

/** Changes one's own password. Afterwards every session of the account has ended, this one too. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('frame');
  const { message } = App.useApp();
  const words = useProblemWords();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const change = useChangePassword(() => {
    message.info(t('password.changed'));
    onClose();
  });
  const differs = again !== '' && again !== fresh;
  return (
    <FormDialog
      title={t('password.title')}
      submit={t('password.submit')}
      busy={change.isPending}
      disabled={old === '' || fresh === '' || again !== fresh}
      {...(change.error ? { error: words(change.error) } : {})}
      onCancel={onClose}
      onSubmit={() => change.mutate({ old, new: fresh })}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={t('password.old')} htmlFor="password-old">
          <Input.Password
            id="password-old"
            autoComplete="current-password"
            value={old}
            onChange={(event) => setOld(event.target.value)}
          />
        </Form.Item>
        <Form.Item label={t('password.new')} htmlFor="password-new" extra={t('password.least')}>
          <Input.Password
            id="password-new"
            autoComplete="new-password"
            value={fresh}
            onChange={(event) => setFresh(event.target.value)}
          />
        </Form.Item>
        <Form.Item
          label={t('password.again')}
          htmlFor="password-again"
          {...(differs ? { validateStatus: 'error' as const, help: t('password.differs') } : {})}
        >
          <Input.Password
            id="password-again"
            autoComplete="new-password"
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
