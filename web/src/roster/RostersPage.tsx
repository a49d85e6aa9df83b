import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { TEMPLATE_ADDRESS, useRosters } from '../api/rosters';
import { useAllowed } from '../api/session';
import type { RosterView } from '../api/types';
import { Moment } from '../shared/Moment';
import { Empty, Panel } from '../shared/Panel';
import { RosterState } from './RosterState';
import './roster.css';

/** The caller's uploads, newest first. */
export function RostersPage() {
  const { t } = useTranslation('roster');
  const allowed = useAllowed();
  const query = useRosters();
  const upload = allowed('roster.upload') && (
    <Link to="/rosters/new">
      <Button type="primary" icon={<UploadOutlined />}>
        {t('upload')}
      </Button>
    </Link>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('title')}</h1>
        <Button icon={<DownloadOutlined />} href={TEMPLATE_ADDRESS}>
          {t('template')}
        </Button>
        {upload}
      </div>
      <section className="box">
        <Panel query={query}>
          {(rosters) =>
            rosters.length === 0 ? (
              <Empty
                title={t('list.empty')}
                hint={t(allowed('roster.upload') ? 'list.emptyHint' : 'list.notYours')}
                action={upload}
              />
            ) : (
              <RosterTable rosters={rosters} />
            )
          }
        </Panel>
      </section>
    </div>
  );
}

function RosterTable({ rosters }: { rosters: RosterView[] }) {
  const { t } = useTranslation('roster');
  return (
    <Table<RosterView>
      size="small"
      rowKey="id"
      dataSource={rosters}
      pagination={false}
      scroll={{ x: 760 }}
      columns={[
        { title: t('list.file'), render: (_, roster) => <Link to={`/rosters/${roster.id}`}>{roster.fileName}</Link> },
        { title: t('list.state'), width: 150, render: (_, roster) => <RosterState roster={roster} /> },
        { title: t('list.people'), width: 80, align: 'right', render: (_, roster) => roster.totals.people },
        { title: t('list.toCorrect'), width: 90, align: 'right', render: (_, roster) => roster.totals.blocker },
        { title: t('list.uploaded'), width: 120, render: (_, roster) => <Moment at={roster.uploadedAt} /> },
        {
          title: t('list.case'),
          width: 220,
          render: (_, roster) =>
            roster.case ? <Link to={`/cases/${roster.case}`}>{roster.case}</Link> : t('list.notSubmitted'),
        },
      ]}
    />
  );
}
