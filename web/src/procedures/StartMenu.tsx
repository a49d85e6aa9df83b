import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useProcedures } from '../api/directory';
import { useAllowed } from '../api/session';

/** Starts a procedure, for posts that may. */
export function StartMenu() {
  const { t } = useTranslation('procedures');
  const go = useNavigate();
  const allowed = useAllowed();
  const procedures = useProcedures().data;
  const mayStart = (type: string) =>
    procedures?.some((procedure) => procedure.type === type && procedure.mayStart) ?? false;
  const items = [
    ...(mayStart('handover') && allowed('roster.upload') ? [{ key: '/rosters/new', label: t('start.batch') }] : []),
    ...(mayStart('handover') ? [{ key: '/procedures/handover/individual', label: t('start.individual') }] : []),
    ...(mayStart('archive') ? [{ key: '/procedures/archive/start', label: t('start.archives') }] : []),
    ...(mayStart('archive-access') ? [{ key: '/people', label: t('start.archiveUse') }] : []),
    ...(mayStart('transition') ? [{ key: '/groups', label: t('start.group') }] : []),
    ...(mayStart('party') ? [{ key: '/procedures/party/start', label: t('start.party') }] : []),
    ...(mayStart('death') ? [{ key: '/procedures/death/start', label: t('start.death') }] : []),
  ];
  if (items.length === 0 || !allowed('case.submit')) return null;
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void go(key) }}>
      <Button type="primary" icon={<PlusOutlined aria-hidden />}>
        {t('start.button')}
      </Button>
    </Dropdown>
  );
}
