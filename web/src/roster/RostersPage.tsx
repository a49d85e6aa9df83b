import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { TEMPLATE_ADDRESS, useRosters } from '../api/rosters';
import { useAllowed } from '../api/session';
import type { RosterView } from '../api/types';
import { DataTable } from '../shared/DataTable';
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
      <Button type="primary" icon={<UploadOutlined aria-hidden />}>
        {t('upload')}
      </Button>
    </Link>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('title')}</h1>
        <Button icon={<DownloadOutlined aria-hidden />} href={TEMPLATE_ADDRESS}>
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
    <DataTable
      items={rosters}
      rowKey={(roster) => roster.id}
      minWidth={760}
      columns={[
        {
          key: 'file',
          title: t('list.file'),
          render: (roster) => <Link to={`/rosters/${roster.id}`}>{roster.fileName}</Link>,
        },
        { key: 'state', title: t('list.state'), width: 150, render: (roster) => <RosterState roster={roster} /> },
        { key: 'people', title: t('list.people'), width: 80, align: 'right', render: (roster) => roster.totals.people },
        {
          key: 'blocked',
          title: t('list.toCorrect'),
          width: 90,
          align: 'right',
          render: (roster) => roster.totals.blocker,
        },
        {
          key: 'uploaded',
          title: t('list.uploaded'),
          width: 120,
          render: (roster) => <Moment at={roster.uploadedAt} />,
        },
        {
          key: 'case',
          title: t('list.case'),
          width: 220,
          render: (roster) =>
            roster.case ? <Link to={`/cases/${roster.case}`}>{roster.case}</Link> : t('list.notSubmitted'),
        },
      ]}
    />
  );
}
