import type { Session } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { useCallback, useEffect, useState } from 'react';
import { allPages } from '../app/allPages';
import { useAct } from '../app/useAct';

/** All my sessions; undefined until they are read. */
export function useSessions() {
  const client = useClient();
  const act = useAct();
  const [sessions, setSessions] = useState<readonly Session[]>();
  const [round, setRound] = useState(0);

  useEffect(() => {
    let current = true;
    const load = async () => {
      const all = await allPages((cursor) =>
        client.request('session.list', cursor === undefined ? {} : { cursor }),
      );
      if (current) setSessions(all);
    };
    void act(load());
    return () => {
      current = false;
    };
  }, [client, act, round]);

  return { sessions, reload: useCallback(() => setRound((count) => count + 1), []) };
}
