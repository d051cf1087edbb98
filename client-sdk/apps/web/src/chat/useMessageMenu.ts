import type { TimelineMessage } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { App, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { useNow } from '../app/useNow';
import { useChat } from './chatContext';
import { mayEdit, mayPin, mayRecall } from './messageRights';

type Items = NonNullable<MenuProps['items']>;

/** What can be done with a stored message, by what it is and who I am. */
export function useMessageMenu(
  message: TimelineMessage,
  seq: number,
  inThread: boolean,
): MenuProps {
  const { t } = useTranslation();
  const act = useAct();
  const { modal } = App.useApp();
  const chat = useChat();
  const now = useNow();
  const limits = useClient().server?.limits;
  const text = message.body?.type === 'forward' ? undefined : message.body?.text;

  const items: Items = [];
  if (mayEdit(message, limits, now)) {
    items.push({ key: 'edit', label: t('message.edit'), onClick: () => chat.edit(message) });
  }
  if (text !== undefined) {
    items.push({ key: 'copy', label: t('message.copy'), onClick: () => copy(text) });
  }
  if (!inThread) {
    items.push(
      { key: 'forward', label: t('message.forward'), onClick: () => chat.forward([seq]) },
      { key: 'select', label: t('message.select'), onClick: () => chat.select(seq, true) },
    );
  }
  if (!inThread && mayPin(chat)) {
    items.push(
      message.pin === undefined
        ? { key: 'pin', label: t('message.pin'), onClick: () => chat.pin(seq) }
        : {
            key: 'pin',
            label: t('message.unpin'),
            onClick: () => void act(chat.handle.unpin(seq)),
          },
    );
  }
  if (message.mine && chat.kind === 'group') {
    items.push({
      key: 'receipts',
      label: t('message.receipts'),
      onClick: () => chat.showReceipts(seq),
    });
  }
  if (mayRecall(message, chat, limits, now)) {
    items.push({ key: 'recall', label: t('message.recall'), danger: true, onClick: recall });
  }
  return { items };

  function copy(value: string) {
    void act(navigator.clipboard.writeText(value), t('code.copied'));
  }

  function recall() {
    modal.confirm({
      title: t('message.recallConfirm'),
      okText: t('message.recall'),
      cancelText: t('common.cancel'),
      okButtonProps: { danger: true },
      onOk: () => act(chat.handle.recall(seq)),
    });
  }
}
