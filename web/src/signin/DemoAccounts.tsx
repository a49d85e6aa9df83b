import { ExperimentOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Collapse, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDemoAccounts } from '../api/session';
import { groupAccounts, matchAccounts } from './accounts';

/** The demonstration accounts by kind of office, then office; one click signs in. */
export function DemoAccounts({ busy, onChoose }: { busy: string; onChoose: (username: string) => void }) {
  const { t } = useTranslation('frame');
  const accounts = useDemoAccounts().data;
  const [q, setQ] = useState('');
  const groups = useMemo(() => groupAccounts(matchAccounts(accounts ?? [], q)), [accounts, q]);
  if (!accounts || accounts.length === 0) return null;
  return (
    <section className="signin-demo" aria-labelledby="demo-title">
      <h2 id="demo-title">
        <ExperimentOutlined aria-hidden /> {t('signin.demoTitle')}
      </h2>
      <p className="quiet">{t('signin.demoHint')}</p>
      <Input
        prefix={<SearchOutlined aria-hidden />}
        allowClear
        placeholder={t('signin.demoSearch')}
        aria-label={t('signin.demoSearch')}
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      <Collapse
        key={q ? 'found' : 'all'}
        size="small"
        defaultActiveKey={q ? groups.map((group) => group.kind) : ['enterprise']}
        items={groups.map((group) => ({
          key: group.kind,
          label: `${t(`common:officeKind.${group.kind}`)} · ${t('signin.officeCount', { count: group.offices.length })}`,
          children: group.offices.map((office) => (
            <div className="demo-office" key={office.id}>
              <div className="demo-office-name">{office.name}</div>
              <div className="demo-people">
                {office.accounts.map((account) => (
                  <Button
                    key={account.username}
                    size="small"
                    data-username={account.username}
                    loading={busy === account.username}
                    disabled={busy !== ''}
                    onClick={() => onChoose(account.username)}
                  >
                    {account.name} · {account.roles.map((role) => t(`common:role.${role}`)).join('、')}
                  </Button>
                ))}
              </div>
            </div>
          )),
        }))}
      />
    </section>
  );
}
