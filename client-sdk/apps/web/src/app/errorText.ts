import type { TFunction } from 'i18next';
import { en } from '../i18n/en';

/** What people read about a failure: by its code, never the text that the server wrote for developers. */
export function errorText(t: TFunction, error: unknown): string {
  const code = kindOf(error);
  if (Object.hasOwn(en.errors, code)) return t(`errors.${code as keyof typeof en.errors}`);
  if (Object.hasOwn(en.localErrors, code)) {
    return t(`localErrors.${code as keyof typeof en.localErrors}`);
  }
  return t('errors.unknown', { code });
}

/** The code, or a name of our own where the field says more than the code does. */
function kindOf(error: unknown): string {
  const code = codeOf(error);
  const field = typeof error === 'object' && error !== null && 'field' in error ? error.field : '';
  return code === 'invalid_field' && field === 'mentions.users' ? 'mention_gone' : code;
}

export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'internal';
}
