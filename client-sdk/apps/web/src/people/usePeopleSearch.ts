import type { User } from '@magpie/sdk';
import { useClient } from '@magpie/sdk/react';
import { useEffect, useState } from 'react';
import { useLocale } from '../app/useLocale';
import { compareNames } from '../format/names';

const PAUSE_MS = 200;

/** People found on the server while somebody types, sorted by name in the reader's language. */
export function usePeopleSearch() {
  const client = useClient();
  const locale = useLocale();
  const [query, setQuery] = useState('');
  const [people, setPeople] = useState<readonly User[]>([]);
  const [next, setNext] = useState<string>();
  const [loading, setLoading] = useState(true);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      setLoading(true);
      client.users
        .search(query.trim())
        .then(
          (page) => {
            if (!current) return;
            setPeople(page.items);
            setNext(page.next);
          },
          () => current && setPeople([]),
        )
        .finally(() => current && setLoading(false));
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, query]);

  const loadMore = async (cursor: string) => {
    const page = await client.users.search(query.trim(), cursor);
    setPeople((known) => [...known, ...page.items]);
    setNext(page.next);
  };

  const compare = compareNames(locale);
  return {
    query,
    setQuery,
    people: people.toSorted((a, b) => compare(a.displayName, b.displayName)),
    loading,
    more:
      next === undefined ? undefined : () => void loadMore(next).catch(() => setNext(undefined)),
  };
}
