import { CheckOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useNotices, useReadNotices } from '../api/notices';
import type { LiveNotice } from '../api/types';
import { Moment } from '../shared/Moment';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { useTellProblem } from '../shared/tell';
import { useText } from '../shared/text';

/** The notices, the unread first; opening one marks it as read and leads to its case. */
export function NoticeList({ unread, onChosen }: { unread: number; onChosen: () => void }) {
  const { t } = useTranslation('frame');
  const go = useNavigate();
  const tell = useTellProblem();
  const query = useNotices(true);
  const read = useReadNotices();
  const choose = (notice: LiveNotice) => {
    if (!notice.readAt) read.mutate({ ids: [notice.id] }, { onError: tell });
    if (!notice.case) {
      if (notice.kind.includes('substitut')) void go('/settings/substitutes');
      else return;
    } else void go(`/cases/${notice.case}`);
    onChosen();
  };
  return (
    <Panel query={query} lines={8}>
      {(data) => {
        const notices = data.pages.flatMap((page) => page.items);
        const newest = notices.reduce((top, notice) => Math.max(top, Number(notice.id)), 0);
        if (notices.length === 0) return <Empty title={t('notices.empty')} hint={t('notices.emptyHint')} />;
        return (
          <>
            <div className="notice-head">
              <span className="quiet">{t('notices.unread', { count: unread })}</span>
              <Button
                size="small"
                icon={<CheckOutlined aria-hidden />}
                disabled={unread === 0}
                loading={read.isPending}
                onClick={() => read.mutate({ upTo: String(newest) }, { onError: tell })}
              >
                {t('notices.readAll')}
              </Button>
            </div>
            <ul className="notices" aria-label={t('notices.title')}>
              {notices.map((notice) => (
                <Item key={notice.id} notice={notice} onChoose={() => choose(notice)} />
              ))}
            </ul>
            <More query={query} />
          </>
        );
      }}
    </Panel>
  );
}

function Item({ notice, onChoose }: { notice: LiveNotice; onChoose: () => void }) {
  const { t } = useTranslation('frame');
  const text = useText();
  return (
    <li>
      <button type="button" className={notice.readAt ? 'notice' : 'notice notice-unread'} onClick={onChoose}>
        <span className="notice-line">
          <span className="notice-text">{text(notice.text)}</span>
          {!notice.readAt && <span className="notice-new">{t('notices.new')}</span>}
        </span>
        {notice.caseTitle && <span>{notice.caseTitle}</span>}
        <span className="notice-line quiet">
          <span className="card-no">{notice.case}</span>
          <Moment at={notice.createdAt} />
        </span>
      </button>
    </li>
  );
}
