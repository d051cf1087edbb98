import { useUnread } from '@magpie/sdk/react';
import { useTranslation } from 'react-i18next';
import { shortCount } from '../format/count';

/** The number of unread messages in the title of the tab. */
export function TitleCount() {
  const { t } = useTranslation();
  const unread = useUnread();
  return <title>{unread > 0 ? `(${shortCount(unread)}) ${t('app.name')}` : t('app.name')}</title>;
}
