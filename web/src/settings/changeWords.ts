import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingChange } from '../api/governance';
import { partialDate } from '../shared/dates';
import { useLanguage } from '../shared/useLanguage';
import { useValueWords } from './valueWords';

/** What a change would do, one line each. */
export function useChangeWords(): (change: SettingChange) => string[] {
  const { t } = useTranslation('governance');
  const language = useLanguage();
  const value = useValueWords();
  return useCallback(
    (change) => {
      const day = (text: string) => partialDate(text, language);
      const edit = change.calendar;
      if (edit) {
        return [
          ...(edit.days ?? []).map((each) =>
            t(each.working ? 'change.worked' : 'change.off', { day: day(each.day), name: each.name }),
          ),
          ...(edit.removed ?? []).map((each) => t('change.removed', { day: day(each) })),
          ...(edit.hours ? [t('change.hours', { hours: edit.hours })] : []),
          ...(edit.lastYear ? [t('change.lastYear', { year: String(edit.lastYear) })] : []),
        ];
      }
      if (!change.setting) return [];
      return [
        t('change.setting', {
          value: value(change.setting.name, change.setting.value),
          day: day(change.setting.validFrom),
        }),
      ];
    },
    [t, language, value],
  );
}
