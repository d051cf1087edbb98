import type { Conversation } from '../generated/contract.js';
import type { Client } from '../api/client.js';
import type {
  ConversationList,
  ConversationListState,
  NewConversation,
} from '../api/conversation.js';
import { Derived } from '../util/cell.js';
import { newId } from '../util/ids.js';
import type { Book } from './book.js';

const PAGE = 100;

/** My conversations, a page at a time, from the book. */
export class List implements ConversationList {
  private readonly state = new Derived(() => this.snapshot());
  private next: string | undefined;
  private loaded = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly book: Book,
    private readonly request: Client['request'],
  ) {}

  get(): ConversationListState {
    return this.state.get();
  }

  subscribe(listener: () => void) {
    return this.state.subscribe(listener);
  }

  get items(): readonly Conversation[] {
    return this.get().items;
  }

  get hasMore(): boolean {
    return !this.loaded || this.next !== undefined;
  }

  get unread(): number {
    const counts = this.items.map(({ me }) => (me.muted ? 0 : me.unread));
    return counts.reduce((sum, unread) => sum + unread, 0);
  }

  find(id: string): Conversation | undefined {
    return this.book.get(id);
  }

  changed(): void {
    this.state.invalidate();
  }

  loadMore(): Promise<void> {
    if (!this.hasMore) return Promise.resolve();
    return this.load(this.next);
  }

  /** Reads the first page anew; what is loaded beyond it stays. */
  refresh(): Promise<void> {
    return this.load(undefined);
  }

  /** Another person logged in. */
  forget(): void {
    this.loaded = false;
    this.next = undefined;
    this.changed();
  }

  async archived(cursor?: string): Promise<{ items: readonly Conversation[]; next?: string }> {
    const begun = this.book.begin();
    const page = await this.request('conversation.list', {
      archived: true,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const one of page.items) this.book.merge(one, begun);
    return page;
  }

  async create({ kind, members, name }: NewConversation): Promise<Conversation> {
    const begun = this.book.begin();
    const created = await this.request('conversation.create', {
      clientId: newId(),
      kind,
      members,
      ...(name === undefined ? {} : { name }),
    });
    this.book.merge(created, begun);
    return this.book.get(created.id) ?? created;
  }

  private load(cursor: string | undefined): Promise<void> {
    this.running ??= this.page(cursor).finally(() => {
      this.running = undefined;
      this.changed();
    });
    this.changed();
    return this.running;
  }

  private async page(cursor: string | undefined): Promise<void> {
    const begun = this.book.begin();
    const from = cursor === undefined ? {} : { cursor };
    const page = await this.request('conversation.list', { limit: PAGE, ...from });
    for (const one of page.items) this.book.merge(one, begun);
    if (cursor !== undefined || !this.loaded) this.next = page.next;
    this.loaded = true;
  }

  private snapshot(): ConversationListState {
    const items = [...this.book.values()].filter(({ me }) => !me.archived).sort(inOrder);
    return {
      items,
      hasMore: this.hasMore,
      loading: this.running !== undefined,
      loaded: this.loaded,
    };
  }
}

/** Pinned first, then the latest activity; instants of the server have one format and sort as text. */
function inOrder(a: Conversation, b: Conversation): number {
  if (a.me.pinned !== b.me.pinned) return a.me.pinned ? -1 : 1;
  const byActivity = compare(instant(b.activeAt), instant(a.activeAt));
  return byActivity === 0 ? compare(a.id, b.id) : byActivity;
}

/** With nanoseconds, so that fractions of different lengths compare. */
function instant(text: string): string {
  const [seconds = '', fraction = ''] = text.slice(0, -1).split('.');
  return seconds + fraction.padEnd(9, '0');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
