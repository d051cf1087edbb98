import type { Conversation } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import type { MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';

/** Pin to top, mute and archive: my own settings of a conversation. */
export function useSettingsMenu({ id, me }: Conversation): MenuProps {
  const { t } = useTranslation();
  const act = useAct();
  const handle = useClient().conversation(id);
  const items = [
    {
      key: 'pin',
      label: me.pinned ? t('list.unpin') : t('list.pin'),
      onClick: () => void act(handle.pinToTop(!me.pinned)),
    },
    {
      key: 'mute',
      label: me.muted ? t('list.unmute') : t('list.mute'),
      onClick: () => void act(handle.mute(!me.muted)),
    },
    {
      key: 'archive',
      label: me.archived ? t('list.unarchive') : t('list.archive'),
      onClick: () => void act(handle.archive(!me.archived)),
    },
  ];
  return { items };
}
