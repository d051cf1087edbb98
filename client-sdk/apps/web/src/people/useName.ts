import { useMe, useUser } from '@magpie/sdk/react';
import { useTranslation } from 'react-i18next';
import { visibleName } from '../text/visibleControls';

/** The name of a person as the page shows it; a dash until it is known. */
export function useName(id: string | undefined): string {
  const user = useUser(id);
  return user === undefined ? '—' : visibleName(user.displayName);
}

/** The same, with `you` for the reader. */
export function useNameOrYou(id: string): string {
  const { t } = useTranslation();
  const name = useName(id);
  return useMe()?.user === id ? t('common.you') : name;
}
