import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ManagedGroup, useGroups } from '../api/groups';
import { DataTable } from '../shared/DataTable';
import { partialDate } from '../shared/dates';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { useUrlState } from '../shared/useUrlState';
import { ReviewDate } from './ReviewDate';

/** 管理形式登记: the groups under an interim form, those to be looked at again first at the top. */
export function GroupsPage() {
  const { t } = useTranslation('groups');
  const [params, change] = useUrlState();
  const state = params.get('state') === 'closed' ? 'closed' : 'registered';
  const query = useGroups(state);
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('title')}</h1>
        <Segmented
          value={state}
          options={[
            { value: 'registered', label: t('state.registered') },
            { value: 'closed', label: t('state.closed') },
          ]}
          onChange={(next) => change({ state: next === 'closed' ? 'closed' : undefined })}
        />
      </div>
      <p className="quiet gap-below">{t('hint')}</p>
      <section className="box">
        <Panel query={query} lines={6}>
          {(data) => {
            const groups = data.pages.flatMap((page) => page.items);
            if (groups.length === 0) return <Empty title={t(`empty.${state}`)} hint={t('empty.hint')} />;
            return (
              <>
                <GroupTable groups={groups} />
                <More query={query} />
              </>
            );
          }}
        </Panel>
      </section>
    </div>
  );
}

function GroupTable({ groups }: { groups: ManagedGroup[] }) {
  const { t } = useTranslation('groups');
  const text = useText();
  const language = useLanguage();
  return (
    <DataTable
      items={groups}
      rowKey={(group) => group.id}
      minWidth={980}
      columns={[
        {
          key: 'body',
          title: t('column.body'),
          render: (group) => (
            <>
              <Link to={`/groups/${group.id}`}>{group.bodyName}</Link>
              <div className="quiet mono">{group.number}</div>
            </>
          ),
        },
        {
          key: 'form',
          title: t('column.form'),
          width: 220,
          render: (group) => `${group.form} ${text(group.formTitle)}`,
        },
        { key: 'enterprise', title: t('column.enterprise'), width: 200, render: (group) => group.enterpriseName },
        { key: 'people', title: t('column.people'), width: 80, align: 'right', render: (group) => group.people },
        {
          key: 'registered',
          title: t('column.registered'),
          width: 130,
          render: (group) => partialDate(group.registeredOn, language),
        },
        {
          key: 'review',
          title: t('column.review'),
          width: 170,
          render: (group) =>
            group.closedOn ? (
              t('closedOn', { date: partialDate(group.closedOn, language) })
            ) : (
              <ReviewDate group={group} />
            ),
        },
      ]}
    />
  );
}
