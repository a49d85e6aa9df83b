import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../api/governance';
import { fenOf, money } from '../shared/quantities';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';

/** A value of a setting in words: the option's, the number, the time allowed. */
export function useValueWords(): (name: string, value: unknown) => string {
  const { t } = useTranslation('governance');
  const text = useText();
  const language = useLanguage();
  const declared = useSettings('').data;
  return useCallback(
    (name, value) => {
      if (value === null || value === undefined) return t('setting.above');
      if (name.startsWith('urban_income:'))
        return value === 0 ? t('setting.notEntered') : money(fenOf(Number(value)), language);
      if (typeof value === 'object') {
        const { kind, count } = value as { kind?: string; count?: number };
        return count ? t(`case:why.kind.${kind || 'working_days'}`, { count }) : t('setting.noTime');
      }
      const option = declared
        ?.find((each) => each.name === name)
        ?.options?.find((each) => each.value === String(value));
      return option ? text(option.title) : String(value);
    },
    [t, text, language, declared],
  );
}
