import type { Conversation } from '@magpie/sdk';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNarrow } from '../app/useNarrow';
import { Composer, type ComposerControl } from '../composer/Composer';
import { EditComposer } from '../composer/EditComposer';
import { conversationName } from '../conversations/conversationName';
import { AnnouncementLine } from './AnnouncementLine';
import { ChatContext, type Chat } from './chatContext';
import { ChatDialogs } from './ChatDialogs';
import { ChatHeader } from './ChatHeader';
import { ChatSide, type Side } from './ChatSide';
import { MessageList, type ListControl } from './MessageList';
import { PinBar } from './PinBar';
import { SelectionBar } from './SelectionBar';
import { TypingLine } from './TypingLine';
import { useChatState } from './useChatState';
import { useJump } from './useJump';
import { usePins } from './usePins';

const DateDialog = lazy(() => import('./DateDialog'));

export function OpenChat({ conversation, me }: { conversation: Conversation; me: string }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const list = useRef<ListControl>(null);
  const composer = useRef<ComposerControl>(null);
  const [side, setSide] = useState<Side>();
  const [picksDate, setPicksDate] = useState(false);
  // The line over the unread stays where it was when the conversation was opened.
  const [readUpTo] = useState(() =>
    conversation.me.unread > 0 ? conversation.me.read : undefined,
  );
  const state = useChatState(conversation.id, composer);
  const { handle } = state;
  const jump = useJump(handle);
  const pins = usePins(conversation.id);
  const { kind } = conversation;
  const { role } = conversation.me;

  const chat: Chat = useMemo(
    () => ({
      ...state.acts,
      handle,
      kind,
      role,
      me,
      selection: state.selection,
      openThread: (seq) => setSide({ thread: seq }),
      jumpTo: (seq) => {
        if (narrow) setSide(undefined);
        jump.toMessage(seq);
      },
    }),
    [state.acts, state.selection, handle, kind, role, me, jump, narrow],
  );

  const name = conversationName(conversation);
  const toggle = (next: 'members' | 'pins') => setSide(side === next ? undefined : next);
  return (
    <ChatContext value={chat}>
      <main className="chat-pane" aria-label={t('chat.label', { name })}>
        <ChatHeader
          conversation={conversation}
          onDate={() => setPicksDate(true)}
          onPins={() => toggle('pins')}
          onMembers={() => toggle('members')}
        />
        <AnnouncementLine text={conversation.announcement} />
        <PinBar pins={pins} onOpen={() => setSide('pins')} />
        <MessageList
          handle={handle}
          readUpTo={readUpTo}
          unread={conversation.me.unread}
          target={jump.target}
          control={list}
        />
        <TypingLine id={conversation.id} />
        {composerArea()}
      </main>
      <ChatSide
        side={side}
        conversation={conversation}
        pins={pins}
        onClose={() => setSide(undefined)}
      />
      <ChatDialogs state={state} />
      <Suspense fallback={null}>
        {picksDate && (
          <DateDialog
            onClose={() => setPicksDate(false)}
            onPick={(day) => {
              setPicksDate(false);
              jump.toDate(day);
            }}
          />
        )}
      </Suspense>
    </ChatContext>
  );

  function composerArea() {
    if (state.selection !== undefined) {
      return (
        <SelectionBar
          count={state.selection.size}
          onForward={() => state.acts.forward([...(state.selection ?? [])])}
          onCancel={state.endSelection}
        />
      );
    }
    if (state.editing !== undefined) {
      return (
        <EditComposer key={state.editing.key} message={state.editing} onDone={state.endEdit} />
      );
    }
    return (
      <Composer
        control={composer}
        placeholder={t('composer.placeholder', { name })}
        replyTo={state.replyTo}
        onCancel={state.endReply}
        onSent={() => {
          state.endReply();
          list.current?.toBottom();
        }}
        onEditLast={state.editLast}
      />
    );
  }
}
