import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../api/types';
import type { Language } from './language';

/** Picks the wording of a language; the other one when it is missing, never a blank. */
export function inLanguage(text: Text | undefined, language: Language): string {
  if (!text) return '';
  return language === 'en' ? text.en || text.zh : text.zh || text.en;
}

/** The wordings the API sends in both languages, in the reader's. */
export function useText(): (text: Text | undefined) => string {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-CN';
  return useCallback((text) => inLanguage(text, language), [language]);
}
