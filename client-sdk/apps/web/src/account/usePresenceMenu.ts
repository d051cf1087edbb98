import type { Availability, LastSeenPrivacy } from '@magpie/sdk';
import { useClient, useMyPresence } from '@magpie/sdk/react';
import type { MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { statusLine } from '../people/statusLine';

const AVAILABILITIES: readonly Availability[] = [
  'auto',
  'away',
  'busy',
  'do_not_disturb',
  'offline',
];
const PRIVACIES: readonly LastSeenPrivacy[] = ['everybody', 'nobody'];

/** What the account menu offers of my presence, and what of it is chosen. */
export function usePresenceMenu(openStatus: () => void) {
  const { t } = useTranslation();
  const act = useAct();
  const { presence } = useClient();
  const mine = useMyPresence();
  const items: NonNullable<MenuProps['items']> = [
    {
      key: 'availability',
      label: t('presence.availability'),
      children: AVAILABILITIES.map((availability) => ({
        key: `availability-${availability}`,
        label: t(`presence.choose.${availability}`),
        onClick: () => void act(presence.set({ availability })),
      })),
    },
    {
      key: 'status',
      label: mine?.status === undefined ? t('presence.setStatus') : statusLine(mine.status),
      onClick: openStatus,
    },
    {
      key: 'last-seen',
      label: t('presence.whoSees'),
      children: PRIVACIES.map((lastSeen) => ({
        key: `last-seen-${lastSeen}`,
        label: t(`presence.${lastSeen}`),
        onClick: () => void act(presence.set({ lastSeen })),
      })),
    },
  ];
  const selected =
    mine === undefined ? [] : [`availability-${mine.availability}`, `last-seen-${mine.lastSeen}`];
  return { items, selected };
}
