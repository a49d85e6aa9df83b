import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '../shared/Panel';

export function NotFound() {
  const { t } = useTranslation('frame');
  return (
    <Empty
      title={t('notFound.title')}
      hint={t('notFound.hint')}
      action={
        <Link to="/inbox?box=todo">
          <Button type="primary">{t('notFound.home')}</Button>
        </Link>
      }
    />
  );
}
