import type { ConversationHandle } from '@magpie/sdk';
import { useCallback, useEffect, type RefObject } from 'react';
import { lastVisibleSeq } from './listScroll';

/** Read is what was on the screen of a window that somebody looks at. Answers what to call on changes. */
export function useMarkRead(handle: ConversationHandle, box: RefObject<HTMLDivElement | null>) {
  const mark = useCallback(() => {
    const list = box.current;
    if (list === null || document.visibilityState !== 'visible' || !document.hasFocus()) return;
    const seq = lastVisibleSeq(list);
    if (seq !== undefined && seq > (handle.state?.me.read ?? 0)) handle.markRead(seq);
  }, [handle, box]);

  useEffect(() => {
    addEventListener('focus', mark);
    document.addEventListener('visibilitychange', mark);
    return () => {
      removeEventListener('focus', mark);
      document.removeEventListener('visibilitychange', mark);
    };
  }, [mark]);
  return mark;
}
