import type { Event, Message, MessagePage } from '../generated/contract.js';
import type { Timeline, TimelineMessage, TimelineState } from '../api/timeline.js';
import type { MagpieError } from '../api/errors.js';
import type { EventLog } from '../streams/event-log.js';
import { Derived } from '../util/cell.js';
import { toError } from '../util/failure.js';
import { Window } from './window.js';

const PAGE = 50;
/** How often a page is read again when the events after it are not at hand any more. */
const TRIES = 5;

/** Which page to read; nothing means the newest. */
export type PageOf = {
  readonly before?: number;
  readonly after?: number;
  readonly around?: number;
  readonly at?: string;
};

/** Where a timeline gets its content from. */
export interface TimelineSource {
  page(of: PageOf, limit: number): Promise<MessagePage>;
  log(): EventLog | undefined;
  belongs(message: Message): boolean;
  /** What is shown: the stored messages and, at the end, those that are not stored yet. */
  show(window: Window): readonly TimelineMessage[];
  readonly limit: number;
}

type Loading = NonNullable<TimelineState['loading']>;

/** A {@link Timeline} over a {@link Window} of messages. */
export class LiveTimeline implements Timeline {
  private readonly window: Window;
  private readonly state: Derived<TimelineState>;
  private loading: Loading | undefined;
  private loaded = false;
  private error: MagpieError | undefined;
  private running: Promise<void> | undefined;
  /** Grows when the window is thrown away, so that a page on its way is not put into the next. */
  private generation = 0;

  constructor(private readonly source: TimelineSource) {
    this.window = new Window((message) => source.belongs(message), source.limit);
    this.state = new Derived(
      () => this.snapshot(),
      () => void this.load().catch(() => {}),
    );
  }

  get(): TimelineState {
    return this.state.get();
  }

  subscribe(listener: () => void) {
    return this.state.subscribe(listener);
  }

  get items(): readonly TimelineMessage[] {
    return this.get().items;
  }

  get hasBefore(): boolean {
    return this.window.hasBefore;
  }

  get hasAfter(): boolean {
    return this.window.hasAfter;
  }

  get watched(): boolean {
    return this.state.watched;
  }

  /** The number of the newest message that is loaded. */
  get last(): number | undefined {
    return this.window.last;
  }

  get isLoaded(): boolean {
    return this.loaded;
  }

  find(seq: number): Message | undefined {
    return this.window.find(seq)?.message;
  }

  load(): Promise<void> {
    if (this.loaded) return Promise.resolve();
    return this.loading === 'page' && this.running ? this.running : this.show({});
  }

  jumpToLatest(): Promise<void> {
    return this.window.hasAfter ? this.show({}) : this.load();
  }

  async loadBefore(limit = PAGE): Promise<void> {
    if (this.running && (await this.joined('before'))) return;
    const { first, hasBefore } = this.window;
    if (!this.loaded || first === undefined) return this.load();
    if (!hasBefore) return;
    // Where the window moved meanwhile the page would leave a hole: then it is not taken.
    await this.run('before', { before: first }, limit, ({ items, head, hasBefore }) => {
      if (this.window.first === first) this.window.prepend(items, head, hasBefore);
    });
  }

  async loadAfter(limit = PAGE): Promise<void> {
    if (this.running && (await this.joined('after'))) return;
    const { last, hasAfter } = this.window;
    if (!this.loaded || last === undefined) return this.load();
    if (!hasAfter) return;
    await this.run('after', { after: last }, limit, ({ items, head, hasAfter }) => {
      if (this.window.last === last) this.window.append(items, head, hasAfter);
    });
  }

  /** Throws the window away and shows another page. */
  show(of: PageOf, limit = PAGE): Promise<void> {
    this.generation++;
    return this.run('page', of, limit, (page) => {
      this.window.replace(page.items, page.head, page.hasBefore, page.hasAfter);
      this.loaded = true;
    });
  }

  apply(event: Event): void {
    if (this.loaded && this.window.apply(event)) this.changed();
  }

  changed(): void {
    this.state.invalidate();
  }

  /** Forgets everything; with `reload` a timeline that somebody looks at is read anew. */
  drop(reload: boolean): void {
    this.generation++;
    this.running = undefined;
    this.loading = undefined;
    this.loaded = false;
    this.window.replace([], 0, false, false);
    this.changed();
    if (reload && this.watched) void this.load().catch(() => {});
  }

  /**
   * Waits until no load is on its way, as the next one begins where that one ended; answers whether
   * one of the same kind was among them, which then was enough.
   */
  private async joined(kind: Loading): Promise<boolean> {
    while (this.running) {
      const same = this.loading === kind;
      await (same ? this.running : this.running.catch(() => {}));
      if (same) return true;
    }
    return false;
  }

  private run(
    kind: Loading,
    of: PageOf,
    limit: number,
    take: (page: MessagePage) => void,
  ): Promise<void> {
    this.running = this.read(kind, of, limit, take, this.generation);
    return this.running;
  }

  private async read(
    kind: Loading,
    of: PageOf,
    limit: number,
    take: (page: MessagePage) => void,
    mine: number,
  ): Promise<void> {
    this.loading = kind;
    this.error = undefined;
    this.changed();
    try {
      const page = await this.fresh(of, limit);
      if (mine !== this.generation) return;
      take(page);
      for (const event of this.source.log()?.after(page.head) ?? []) this.window.apply(event);
    } catch (thrown) {
      if (mine !== this.generation) return;
      this.error = toError(thrown);
      throw this.error;
    } finally {
      if (mine === this.generation) {
        this.loading = undefined;
        this.running = undefined;
        this.changed();
      }
    }
  }

  /** A page that the events at hand can bring up to date. */
  private async fresh(of: PageOf, limit: number): Promise<MessagePage> {
    let page = await this.source.page(of, limit);
    for (let i = 1; i < TRIES && this.source.log()?.after(page.head) === undefined; i++) {
      if (!this.source.log()) break;
      page = await this.source.page(of, limit);
    }
    return page;
  }

  private snapshot(): TimelineState {
    return {
      items: this.source.show(this.window),
      hasBefore: this.window.hasBefore,
      hasAfter: this.window.hasAfter,
      loaded: this.loaded,
      ...(this.loading ? { loading: this.loading } : {}),
      ...(this.error ? { error: this.error } : {}),
    };
  }
}
