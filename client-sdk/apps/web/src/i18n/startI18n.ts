import { changeLanguage as changeTo, use as extend } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readSetting, writeSetting } from '../app/safeStorage';
import { en } from './en';
import { zh } from './zh';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The stored choice, else the first language of the browser that we have. */
export function preferredLanguage(): Language {
  const stored = readSetting('language');
  if (stored === 'zh-CN' || stored === 'en') return stored;
  const wanted = navigator.languages.find((one) => /^(zh|en)\b/u.test(one));
  return wanted?.startsWith('zh') === true ? 'zh-CN' : 'en';
}

export function startI18n(language: Language): void {
  void extend(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { en: { translation: en }, 'zh-CN': { translation: zh } },
    // Texts become React nodes, which escape by themselves.
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export function changeLanguage(language: Language): void {
  writeSetting('language', language);
  document.documentElement.lang = language;
  void changeTo(language);
}
