interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Reads a list to its end, page by page. */
export async function allPages<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  first?: string,
): Promise<T[]> {
  const all: T[] = [];
  let cursor = first;
  do {
    const page = await read(cursor);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}
