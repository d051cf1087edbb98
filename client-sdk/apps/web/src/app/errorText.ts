import type { TFunction } from 'i18next';
import { en } from '../i18n/en';

/** What people read about a failure: by its code, never the text that the server wrote for developers. */
export function errorText(t: TFunction, error: unknown): string {
  const code = codeOf(error);
  if (Object.hasOwn(en.errors, code)) return t(`errors.${code as keyof typeof en.errors}`);
  if (Object.hasOwn(en.localErrors, code)) {
    return t(`localErrors.${code as keyof typeof en.localErrors}`);
  }
  return t('errors.unknown', { code });
}

export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'internal';
}
