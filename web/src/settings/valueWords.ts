import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../api/governance';
import { useText } from '../shared/text';

/** A value of a setting in words: the option's, the number, the time allowed. */
export function useValueWords(): (name: string, value: unknown) => string {
  const { t } = useTranslation('governance');
  const text = useText();
  const declared = useSettings('').data;
  return useCallback(
    (name, value) => {
      if (value === null || value === undefined) return t('setting.above');
      if (typeof value === 'object') {
        const { kind, count } = value as { kind?: string; count?: number };
        return count ? t(`case:why.kind.${kind || 'working_days'}`, { count }) : t('setting.noTime');
      }
      const option = declared
        ?.find((each) => each.name === name)
        ?.options?.find((each) => each.value === String(value));
      return option ? text(option.title) : String(value);
    },
    [t, text, declared],
  );
}
