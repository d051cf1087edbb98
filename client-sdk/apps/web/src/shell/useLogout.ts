import type { Client } from '@magpie/sdk';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';

/** Logs out; asks before where messages that are not sent would be deleted. */
export function useLogout(client: Client, logout: () => Promise<void>): () => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const act = useAct();
  return () => {
    const { pending, failed } = client.syncStatus;
    const count = pending + failed;
    if (count === 0) {
      void act(logout());
      return;
    }
    modal.confirm({
      title: t('account.unsent', { count }),
      content: t('account.unsentHint'),
      okText: t('account.logoutAnyway'),
      okButtonProps: { danger: true },
      cancelText: t('common.cancel'),
      onOk: () => act(logout()),
    });
  };
}
