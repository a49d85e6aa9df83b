import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../api/types';
import type { Language } from './language';

/**
 * Picks the wording of a language; the other one when it is missing, never a blank. The API's English
 * begins in lower case, since its words also stand inside sentences; on a screen each stands alone.
 */
export function inLanguage(text: Text | undefined, language: Language): string {
  if (!text) return '';
  if (language !== 'en') return text.zh || text.en;
  const words = text.en || text.zh;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Several words in a row, with the comma of the language. */
export function useJoin(): (words: string[]) => string {
  const { i18n } = useTranslation();
  const comma = i18n.language === 'en' ? ', ' : '、';
  return useCallback((words) => words.join(comma), [comma]);
}

/** The wordings the API sends in both languages, in the reader's. */
export function useText(): (text: Text | undefined) => string {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-CN';
  return useCallback((text) => inLanguage(text, language), [language]);
}
