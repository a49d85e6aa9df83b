import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const KEYS = [
  'j / k',
  'Enter',
  'x',
  '/',
  'Ctrl K',
  'g i',
  'g c',
  'g p',
  'a',
  'r',
  't',
  'c',
  'Ctrl Enter',
  '?',
] as const;

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('frame');
  return (
    <Modal open={open} onCancel={onClose} title={t('keys.title')} footer={null} width={420}>
      <p className="quiet">{t('keys.hint')}</p>
      <dl className="keys">
        {KEYS.map((key, index) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.k${index}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
