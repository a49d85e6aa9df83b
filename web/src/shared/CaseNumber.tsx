import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** A case number that never breaks, with a button that copies it. */
export function CaseNumber({ no }: { no: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(no);
      message.info(t('copied'));
    } catch {
      message.warning(t('copyFailed'));
    }
  };
  return (
    <span className="case-number">
      {no}
      <Button
        type="text"
        size="small"
        icon={<CopyOutlined aria-hidden />}
        aria-label={t('copyNumber', { no })}
        onClick={() => void copy()}
      />
    </span>
  );
}
