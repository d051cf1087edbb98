import type { Body } from '@magpie/sdk';
import { useTranslation } from 'react-i18next';
import { plainPreview } from '../text/plainPreview';

/** A message in one line. */
export function usePreviewText(message: { readonly body?: Body }): string {
  const { t } = useTranslation();
  const { body } = message;
  switch (body?.type) {
    case undefined:
      return t('list.recalled');
    case 'text':
      return plainPreview(body.text);
    case 'code':
      return `${t('list.code')} ${body.text.slice(0, 80)}`;
    case 'forward':
      return t('list.forwarded');
    default:
      return '';
  }
}
