import type { ConversationHandle } from '@magpie/sdk';
import { useObservable } from '@magpie/sdk/react';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/**
 * The text of the composer, kept as the draft of the conversation on all devices. What another
 * device writes replaces it only while nobody writes here.
 */
export function useDraftText(
  handle: ConversationHandle,
  area: RefObject<HTMLTextAreaElement | null>,
  replyTo: number | undefined,
) {
  const [text, setText] = useState(() => handle.draft?.text ?? '');
  const remote = useObservable(handle.summary)?.me.draft?.text ?? '';
  const seen = useRef(remote);

  useEffect(() => {
    if (remote === seen.current) return;
    seen.current = remote;
    if (document.activeElement !== area.current) setText(remote);
  }, [remote, area]);

  const write = useCallback(
    (next: string) => {
      seen.current = next;
      setText(next);
      handle.setDraft(next, next === '' ? undefined : replyTo);
    },
    [handle, replyTo],
  );
  /** Empties the field; the draft goes when the message that was made of it cannot be lost. */
  const sent = useCallback(
    (queued: Promise<void>) => {
      seen.current = '';
      setText('');
      void queued.then(() => {
        // Something new may have been written meanwhile.
        if (seen.current === '') handle.setDraft('', undefined);
      });
    },
    [handle],
  );
  return { text, write, sent };
}
