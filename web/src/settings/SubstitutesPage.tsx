import { UserSwitchOutlined } from '@ant-design/icons';
import { App, Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRevokeSubstitution, useSubstitutions } from '../api/substitutions';
import type { Substitution } from '../api/types';
import { Chip } from '../shared/Chip';
import { DataTable } from '../shared/DataTable';
import { partialDate } from '../shared/dates';
import { FormDialog } from '../shared/FormDialog';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { useUrlState } from '../shared/useUrlState';
import { SubstituteDialog } from './SubstituteDialog';

const COLOURS: Record<Substitution['state'], string> = {
  active: 'blue',
  planned: 'gold',
  ended: 'default',
  revoked: 'default',
};

/** 代理: who stands in for whom, from when until when. */
export function SubstitutesPage() {
  const { t } = useTranslation('settings');
  const [params, change] = useUrlState();
  const ended = params.get('ended') === 'true';
  const query = useSubstitutions(ended);
  const [setting, setSetting] = useState(false);
  const [revoking, setRevoking] = useState<Substitution>();
  const button = (
    <Button type="primary" icon={<UserSwitchOutlined aria-hidden />} onClick={() => setSetting(true)}>
      {t('substitutes.set')}
    </Button>
  );
  return (
    <>
      <div className="toolbar">
        <p className="quiet grow">{t('substitutes.hint')}</p>
        <Chip on={ended} onClick={() => change({ ended: ended ? undefined : 'true' })}>
          {t('substitutes.past')}
        </Chip>
        {button}
      </div>
      <section className="box">
        <Panel query={query} lines={5}>
          {(data) => {
            const items = data.pages.flatMap((page) => page.items);
            return items.length === 0 ? (
              <Empty title={t('substitutes.empty')} hint={t('substitutes.emptyHint')} action={button} />
            ) : (
              <>
                <SubstituteTable items={items} onRevoke={setRevoking} />
                <More query={query} />
              </>
            );
          }}
        </Panel>
      </section>
      {setting && <SubstituteDialog onClose={() => setSetting(false)} />}
      {revoking && <RevokeDialog of={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

function SubstituteTable({ items, onRevoke }: { items: Substitution[]; onRevoke: (of: Substitution) => void }) {
  const { t } = useTranslation('settings');
  const text = useText();
  const language = useLanguage();
  return (
    <DataTable
      items={items}
      rowKey={(item) => item.id}
      minWidth={880}
      columns={[
        {
          key: 'who',
          title: t('substitutes.column.who'),
          width: 180,
          render: (item) => `${item.personName} → ${item.substituteName}`,
        },
        {
          key: 'posts',
          title: t('substitutes.column.posts'),
          render: (item) => (
            <>
              {item.officeName}
              <div className="quiet">{item.roleTitle ? text(item.roleTitle) : t('substitutes.allRoles')}</div>
            </>
          ),
        },
        {
          key: 'days',
          title: t('substitutes.column.days'),
          width: 260,
          render: (item) =>
            t('substitutes.period', { from: partialDate(item.from, language), to: partialDate(item.to, language) }),
        },
        {
          key: 'state',
          title: t('substitutes.column.state'),
          width: 100,
          render: (item) => <Tag color={COLOURS[item.state]}>{t(`substitutes.state.${item.state}`)}</Tag>,
        },
        { key: 'reason', title: t('substitutes.column.reason'), render: (item) => item.reason },
        { key: 'by', title: t('substitutes.column.by'), width: 100, render: (item) => item.createdByName },
        {
          key: 'revoke',
          title: '',
          width: 80,
          render: (item) =>
            item.mayRevoke ? (
              <Button size="small" onClick={() => onRevoke(item)}>
                {t('substitutes.revoke')}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}

function RevokeDialog({ of, onClose }: { of: Substitution; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const words = useProblemWords();
  const { message } = App.useApp();
  const revoke = useRevokeSubstitution(() => {
    message.info(t('substitutes.revoked'));
    onClose();
  });
  return (
    <FormDialog
      title={t('substitutes.revokeTitle')}
      submit={t('substitutes.revoke')}
      danger
      busy={revoke.isPending}
      error={revoke.error ? words(revoke.error) : ''}
      onCancel={onClose}
      onSubmit={() => revoke.mutate({ id: of.id })}
    >
      <p>{t('substitutes.revokeHint', { person: of.personName, substitute: of.substituteName })}</p>
    </FormDialog>
  );
}
