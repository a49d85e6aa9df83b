import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { chooseLanguage } from '../i18n';
import { useLanguage } from '../shared/useLanguage';

/** One click changes the language; the button speaks the other one. */
export function LanguageSwitch() {
  const language = useLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      size="small"
      type="text"
      icon={<GlobalOutlined aria-hidden />}
      lang={other}
      onClick={() => void chooseLanguage(other)}
    >
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}
