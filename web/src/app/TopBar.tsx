import { MenuOutlined, SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { NoticeBell } from './NoticeBell';

interface Props {
  onMenu: (() => void) | undefined;
  onSearch: () => void;
}

export function TopBar({ onMenu, onSearch }: Props) {
  const { t } = useTranslation('frame');
  return (
    <header className="top">
      {onMenu && <Button type="text" icon={<MenuOutlined aria-hidden />} aria-label={t('menu')} onClick={onMenu} />}
      <Link to="/inbox?box=todo" className="brand">
        {t('brand')}
        <span className="brand-sub">{t('brandSub')}</span>
      </Link>
      <button type="button" className="top-search" onClick={onSearch}>
        <SearchOutlined aria-hidden />
        <span className="top-search-text">{t('search.open')}</span>
        <kbd className="wide-only">Ctrl K</kbd>
      </button>
      <NoticeBell />
    </header>
  );
}
