import type { Client } from '../wire/client.js';
import type { Event, Message, MessagePage, Page, StreamEvents } from '../wire/types.js';
import { check } from '../run/check.js';
import type { Person } from '../run/desk.js';
import type { Stage } from '../run/stage.js';

/** Wei and Na, connected, in a group of theirs. */
export interface Pair {
  readonly wei: Person;
  readonly na: Person;
  readonly group: string;
  readonly weis: Client;
  readonly nas: Client;
}

export async function pair(stage: Stage): Promise<Pair> {
  const [wei, na] = (await stage.people('wei', 'na')) as [Person, Person];
  const group = await stage.group(wei, na);
  const [weis, nas] = await Promise.all([stage.connect(wei), stage.connect(na)]);
  return { wei, na, group, weis, nas };
}

/** Pulls page after page until `upTo` is the head, as the protocol tells clients to. */
export async function pull(
  client: Client,
  stream: string,
  after: number,
  limit = 200,
): Promise<{ readonly events: Event[]; readonly head: number; readonly pages: number }> {
  const events: Event[] = [];
  let cursor = after;
  for (let pages = 1; ; pages++) {
    const page = await client.ask<StreamEvents>('stream.events', { stream, after: cursor, limit });
    check(page.events.length <= limit, `a page of ${limit} holds ${page.events.length} events`);
    check(page.upTo <= page.head, `upTo ${page.upTo} is beyond the head ${page.head}`);
    for (const event of page.events) {
      check(event.seq > cursor && event.seq <= page.upTo, `event ${event.seq} is not in its page`);
      cursor = event.seq;
    }
    events.push(...page.events);
    cursor = Math.max(cursor, page.upTo);
    if (page.upTo === page.head) return { events, head: page.head, pages };
    check(page.events.length > 0, 'a page that is not the last one holds no events');
  }
}

export async function history(client: Client, conversation: string): Promise<Message[]> {
  const page = await client.ask<MessagePage>('message.history', { conversation, limit: 200 });
  return [...page.items];
}

/** All pages of a list. */
export async function all<T>(
  client: Client,
  op: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await client.ask<Page<T>>(op, { ...params, ...(cursor && { cursor }) });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

export function seqs(events: readonly { readonly seq: number }[]): number[] {
  return events.map((event) => event.seq);
}

export function textOf(message: Message | undefined): unknown {
  return message?.body?.['text'];
}
