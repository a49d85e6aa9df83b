import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';

/** Words for what went wrong: the API's own sentence, or plain words for a broken connection. */
export function useProblemWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (!(error instanceof Problem)) return t('error.unknown');
      if (error.isNetwork) return t('error.networkKept');
      if (error.status === 202) return t('error.stillWorking');
      return error.message || t('error.unknown');
    },
    [t],
  );
}

/** Says a failure in a toast that stays long enough to be read. */
export function useTellProblem(): (error: unknown) => void {
  const { message } = App.useApp();
  const words = useProblemWords();
  return useCallback(
    (error) => {
      message.error({ content: words(error), duration: 8 });
    },
    [message, words],
  );
}
