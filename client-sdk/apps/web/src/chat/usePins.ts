import type { Message } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { useCallback, useEffect, useState } from 'react';
import { useConversationEvents } from './useConversationEvents';

/** Longest time that `setTimeout` takes. */
const LONGEST_TIMER = 2_147_483_647;

/** The pinned messages, the latest pin first; a pin that ends by itself goes at its time. */
export function usePins(id: string): readonly Message[] {
  const handle = useClient().conversation(id);
  const [pins, setPins] = useState<readonly Message[]>([]);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((count) => count + 1), []);
  useConversationEvents(id, 'message.pinned', again);
  useConversationEvents(id, 'message.unpinned', again);
  useConversationEvents(id, 'message.recalled', again);
  useConversationEvents(id, 'message.edited', again);

  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    handle.pins().then(
      (page) => {
        if (!current) return;
        setPins(page.items);
        const next = firstEnd(page.items);
        if (next !== undefined) {
          timer = setTimeout(again, Math.min(Math.max(next - Date.now(), 1000), LONGEST_TIMER));
        }
      },
      () => undefined,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [handle, round, again]);
  return pins;
}

function firstEnd(pins: readonly Message[]): number | undefined {
  const ends = pins.flatMap(({ pin }) => (pin?.until === undefined ? [] : [Date.parse(pin.until)]));
  return ends.length === 0 ? undefined : Math.min(...ends);
}
