import type { TimelineMessage } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { useMemo, useState, type RefObject } from 'react';
import type { ComposerControl } from '../composer/Composer';
import { mayEdit } from './messageRights';

/** What the reader is doing in an open conversation: replying, editing, selecting, a dialog. */
export function useChatState(id: string, composer: RefObject<ComposerControl | null>) {
  const client = useClient();
  const handle = client.conversation(id);
  const [replyTo, setReplyTo] = useState(() => handle.draft?.replyTo);
  const [editing, setEditing] = useState<TimelineMessage>();
  const [selection, setSelection] = useState<ReadonlySet<number>>();
  const [forwarding, setForwarding] = useState<readonly number[]>();
  const [pinning, setPinning] = useState<number>();
  const [receiptsOf, setReceiptsOf] = useState<number>();

  const acts = useMemo(
    () => ({
      reply: (message: TimelineMessage) => {
        setReplyTo(message.seq);
        composer.current?.focus();
      },
      edit: setEditing,
      write: (text: string) => composer.current?.write(text),
      select: (seq: number, on: boolean) =>
        setSelection((before = new Set()) => {
          const after = new Set(before);
          if (on) after.add(seq);
          else after.delete(seq);
          return after;
        }),
      forward: setForwarding,
      pin: setPinning,
      showReceipts: setReceiptsOf,
    }),
    [composer],
  );

  const editLast = () => {
    const limits = client.server?.limits;
    const last = handle.messages.items.findLast((one) => mayEdit(one, limits, Date.now()));
    if (last !== undefined) setEditing(last);
  };

  return {
    handle,
    acts,
    replyTo,
    endReply: () => setReplyTo(undefined),
    editing,
    endEdit: () => setEditing(undefined),
    editLast,
    selection,
    endSelection: () => setSelection(undefined),
    forwarding,
    endForward: () => setForwarding(undefined),
    pinning,
    endPin: () => setPinning(undefined),
    receiptsOf,
    endReceipts: () => setReceiptsOf(undefined),
  };
}

export type ChatState = ReturnType<typeof useChatState>;
