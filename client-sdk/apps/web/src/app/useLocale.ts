import { useTranslation } from 'react-i18next';
import type { Language } from '../i18n/startI18n';

/** The language of the page, for Intl. */
export function useLocale(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
}
