export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'jieli.language';
let chosen: Language = 'zh-CN';

/** The language of this browser: what was chosen before, else Chinese, which comes first. */
export function initialLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'zh-CN') return stored;
  return 'zh-CN';
}

export function currentLanguage(): Language {
  return chosen;
}

export function rememberLanguage(language: Language): void {
  chosen = language;
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
}
