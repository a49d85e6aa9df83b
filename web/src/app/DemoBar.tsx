import { ExperimentOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

/** Says that nothing here is about real people. */
export function DemoBar() {
  const { t } = useTranslation('frame');
  return (
    <div className="demo-bar" role="note">
      <ExperimentOutlined aria-hidden /> <strong>{t('demo.word')}</strong>{' '}
      <a className="demo-hint" href="/demo/messages">
        {t('demo.hint')}
      </a>
    </div>
  );
}
