import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnread } from '../api/notices';
import { usePhone } from '../shared/useMedia';
import { Screen } from './Screen';

const NoticeList = lazy(async () => ({ default: (await import('./NoticeList')).NoticeList }));

/** The bell with the number of unread notices; they open beside the screen. */
export function NoticeBell() {
  const { t } = useTranslation('frame');
  const [open, setOpen] = useState(false);
  const phone = usePhone();
  const unread = useUnread().data ?? 0;
  return (
    <>
      <Button
        type="text"
        className="bell"
        aria-label={unread > 0 ? t('notices.unread', { count: unread }) : t('notices.title')}
        title={t('notices.title')}
        icon={
          <Badge count={unread} size="small" overflowCount={99}>
            <BellOutlined aria-hidden />
          </Badge>
        }
        onClick={() => setOpen(true)}
      />
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={t('notices.title')}
        size={phone ? '100%' : 420}
        styles={{ body: { padding: 0 } }}
        destroyOnHidden
      >
        <Suspense fallback={<Screen />}>
          <NoticeList unread={unread} onChosen={() => setOpen(false)} />
        </Suspense>
      </Drawer>
    </>
  );
}
