import { useEffect, useState } from 'react';
import type { MessageReceipts, MagpieError, Timeline, TimelineState } from '../index.js';
import { useClient } from './context.js';
import { useObservable } from './observe.js';

/** Messages of a conversation, and the timeline for paging. */
export function useMessages(id: string): TimelineState & { readonly timeline: Timeline } {
  const timeline = useClient().conversation(id).messages;
  return { ...useObservable(timeline), timeline };
}

/** Messages of the thread that message `seq` starts, without the first one. */
export function useThread(
  id: string,
  seq: number,
): TimelineState & { readonly timeline: Timeline } {
  const timeline = useClient().conversation(id).thread(seq);
  return { ...useObservable(timeline), timeline };
}

/** Who has read a message; read anew whenever somebody's position moves. */
export function useReceipts(
  id: string,
  seq: number,
): { readonly receipts?: MessageReceipts; readonly error?: MagpieError } {
  const handle = useClient().conversation(id);
  const positions = useObservable(handle.positions);
  const [state, setState] = useState<{ receipts?: MessageReceipts; error?: MagpieError }>({});
  useEffect(() => {
    let current = true;
    handle.receipts(seq).then(
      (receipts) => current && setState({ receipts }),
      (error: MagpieError) => current && setState((last) => ({ ...last, error })),
    );
    return () => {
      current = false;
    };
    // Whenever a position moves the answer may be another one.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [handle, seq, positions]);
  return state;
}
