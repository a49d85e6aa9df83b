import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { initialLanguage, type Language, rememberLanguage } from '../shared/language';

// A language is one chunk: whoever works in Chinese never loads the English texts.
const loaders = {
  'zh-CN': () => import('./zh-CN'),
  en: () => import('./en'),
};

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'common')) return;
  const { texts } = await loaders[language]();
  for (const [namespace, entries] of Object.entries(texts)) {
    i18next.addResourceBundle(language, namespace, entries);
  }
}

export async function startTexts(): Promise<void> {
  const language = initialLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['common'],
    defaultNS: 'common',
    resources: {},
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: false },
    returnNull: false,
  });
  await load(language);
  rememberLanguage(language);
  await i18next.changeLanguage(language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  await load(language);
  rememberLanguage(language);
  await i18next.changeLanguage(language);
}
