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
  const mayStart =
    useProcedures().data?.some((procedure) => procedure.type === 'handover' && procedure.mayStart) ?? false;
  if (!mayStart || !allowed('case.submit')) return null;
  const items = [
    ...(allowed('roster.upload') ? [{ key: '/rosters/new', label: t('start.batch') }] : []),
    { key: '/procedures/handover/individual', label: t('start.individual') },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void go(key) }}>
      <Button type="primary" icon={<PlusOutlined aria-hidden />}>
        {t('start.button')}
      </Button>
    </Dropdown>
  );
}
