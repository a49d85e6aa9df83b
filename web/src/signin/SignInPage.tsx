import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { fetchMe, meQuery, signIn } from '../api/session';
import { LanguageSwitch } from '../app/LanguageSwitch';
import { useProblemWords } from '../shared/tell';
import { DemoAccounts } from './DemoAccounts';
import './signin.css';

const DEMO_PASSWORD = 'jieli-demo';

/** Where to go after signing in; only a path of ours, never another site. */
function nextOf(value: string | null): string {
  return value?.startsWith('/') && !value.startsWith('//') && !value.startsWith('/sign-in') ? value : '/inbox?box=todo';
}

export function SignInPage() {
  const { t } = useTranslation('frame');
  const [params] = useSearchParams();
  const queries = useQueryClient();
  const words = useProblemWords();
  const me = useQuery(meQuery);
  const [busy, setBusy] = useState('');
  const [failure, setFailure] = useState('');
  if (me.data) return <Navigate to={nextOf(params.get('next'))} replace />;
  const enter = async (username: string, password: string) => {
    setBusy(username);
    setFailure('');
    try {
      await signIn(username, password);
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' && query.queryKey[0] !== 'accounts' });
      queries.setQueryData(['me'], await fetchMe());
    } catch (error) {
      setFailure(words(error));
    } finally {
      setBusy('');
    }
  };
  return (
    <div className="signin">
      <header className="signin-head">
        <LanguageSwitch />
      </header>
      <main className="signin-main">
        <section className="signin-card" aria-labelledby="signin-title">
          <h1 id="signin-title">{t('brand')}</h1>
          <p className="quiet">{t('signin.subtitle')}</p>
          <Form
            layout="vertical"
            onFinish={(values: { username: string; password: string }) => void enter(values.username, values.password)}
          >
            <Form.Item
              label={t('signin.username')}
              name="username"
              rules={[{ required: true, message: t('signin.usernameNeeded') }]}
            >
              <Input autoComplete="username" autoFocus />
            </Form.Item>
            <Form.Item
              label={t('signin.password')}
              name="password"
              rules={[{ required: true, message: t('signin.passwordNeeded') }]}
            >
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            {failure && <Alert type="error" showIcon title={failure} className="gap-below" />}
            <Button type="primary" htmlType="submit" block loading={busy !== ''}>
              {t('signin.submit')}
            </Button>
          </Form>
          <p className="signin-family">
            <a href="/q">{t('signin.family')}</a>
          </p>
        </section>
        <DemoAccounts busy={busy} onChoose={(username) => void enter(username, DEMO_PASSWORD)} />
      </main>
    </div>
  );
}
