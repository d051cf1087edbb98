import { CommentOutlined, EnterOutlined, MoreOutlined, SmileOutlined } from '@ant-design/icons';
import type { TimelineMessage } from '@magpie/sdk';
import { Button, Dropdown, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../app/useAct';
import { useChat } from './chatContext';
import { EmojiGrid } from './EmojiGrid';
import { useMessageMenu } from './useMessageMenu';

interface Props {
  readonly message: TimelineMessage;
  readonly seq: number;
  /** Inside a thread there is no thread to start. */
  readonly inThread: boolean;
  /** Called with true while a menu of the toolbar is open. */
  readonly onHold: (held: boolean) => void;
}

/** Stands on a message while it is pointed at or has the focus. */
export function MessageToolbar({ message, seq, inThread, onHold }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const chat = useChat();
  const [picking, setPicking] = useState(false);
  const menu = useMessageMenu(message, seq, inThread);
  const pick = (open: boolean) => {
    setPicking(open);
    onHold(open);
  };
  const react = (emoji: string) => {
    pick(false);
    void act(chat.handle.react(seq, emoji));
  };
  return (
    <div className="message-toolbar" role="toolbar" aria-label={t('message.actions')}>
      <Popover
        trigger="click"
        open={picking}
        onOpenChange={pick}
        destroyOnHidden
        content={<EmojiGrid onPick={react} />}
      >
        <Button type="text" size="small" icon={<SmileOutlined />} aria-label={t('message.react')} />
      </Popover>
      {!inThread && (
        <>
          <Button
            type="text"
            size="small"
            icon={<EnterOutlined className="reply-icon" />}
            aria-label={t('message.reply')}
            title={t('message.reply')}
            onClick={() => chat.reply(message)}
          />
          <Button
            type="text"
            size="small"
            icon={<CommentOutlined />}
            aria-label={t('message.thread')}
            title={t('message.thread')}
            onClick={() => chat.openThread(seq)}
          />
        </>
      )}
      <Dropdown trigger={['click']} menu={menu} onOpenChange={onHold}>
        <Button
          type="text"
          size="small"
          icon={<MoreOutlined />}
          aria-label={t('common.more')}
          data-more
        />
      </Dropdown>
    </div>
  );
}
