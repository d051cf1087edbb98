import type { Message, TimelineMessage } from '@magpie/sdk';
import { useThread } from '@magpie/sdk/react';
import { Button, Spin } from 'antd';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditComposer } from '../composer/EditComposer';
import { ThreadComposer } from '../composer/ThreadComposer';
import { arrangeRows } from './arrangeRows';
import { ChatContext, useChat } from './chatContext';
import { MessageRow } from './MessageRow';
import { MessageRows } from './MessageRows';
import { onRowKey } from './rowKeys';
import { SidePanel } from './SidePanel';
import { useConversationEvents } from './useConversationEvents';

/** A thread beside the conversation: the message that starts it and the replies. */
export function ThreadPanel({ seq, onClose }: { seq: number; onClose: () => void }) {
  const { t } = useTranslation();
  const chat = useChat();
  const { timeline, ...thread } = useThread(chat.handle.id, seq);
  const root = useRoot(seq);
  const [editing, setEditing] = useState<TimelineMessage>();
  const end = useRef<HTMLDivElement>(null);
  const newest = thread.items.at(-1)?.key;

  useLayoutEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [newest]);

  return (
    <ChatContext value={{ ...chat, edit: setEditing }}>
      <SidePanel title={t('thread.title')} onClose={onClose}>
        <div className="thread-list" role="log" onKeyDown={onRowKey}>
          {root !== undefined && <MessageRow message={root} first inThread />}
          <hr />
          {thread.hasBefore && (
            <Button type="link" block onClick={() => void timeline.loadBefore()}>
              {t('common.loadMore')}
            </Button>
          )}
          {!thread.loaded && <Spin className="block-spin" />}
          {thread.loaded && thread.items.length === 0 && (
            <p className="hint">{t('thread.empty')}</p>
          )}
          <MessageRows rows={arrangeRows(thread.items, undefined)} inThread />
          <div ref={end} />
        </div>
        {editing === undefined ? (
          <ThreadComposer seq={seq} onCancel={onClose} />
        ) : (
          <EditComposer key={editing.key} message={editing} onDone={() => setEditing(undefined)} />
        )}
      </SidePanel>
    </ChatContext>
  );
}

function useRoot(seq: number): TimelineMessage | undefined {
  const { handle, me } = useChat();
  const [root, setRoot] = useState<Message>();
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((count) => count + 1), []);
  useConversationEvents(handle.id, 'message.', again);
  useEffect(() => {
    let current = true;
    handle.message(seq).then(
      (message) => current && setRoot(message),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [handle, seq, round]);
  if (root === undefined) return undefined;
  return { ...root, key: `root-${seq}`, status: 'stored', mine: root.sender === me };
}
