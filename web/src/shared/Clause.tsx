import { BookOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

/** The clause a field or a stage rests on. */
export function Clause({ name }: { name: string }) {
  const { t } = useTranslation();
  if (!name) return null;
  return (
    <span className="clause" title={t('clauseHint')}>
      <BookOutlined aria-hidden /> {t('clause', { name })}
    </span>
  );
}
