import type {
  Conversation,
  Event,
  MemberRole,
  Mentions,
  Message,
  PositionSignal,
} from '../generated/contract.js';
import type { Client } from '../api/client.js';
import type {
  ConversationHandle,
  ConversationSettings,
  LocalMessage,
  MessageDraft,
} from '../api/conversation.js';
import type { Observable } from '../api/observable.js';
import type { ConnectedServer } from '../api/connection.js';
import { LiveTimeline, type PageOf } from '../messages/timeline.js';
import { Receipts } from '../messages/receipts.js';
import { echoView, Views } from '../messages/view.js';
import type { Window } from '../messages/window.js';
import { known } from '../messages/typed.js';
import { checkText, paramsOf } from '../outbox/check.js';
import type { Outbox } from '../outbox/outbox.js';
import type { EventLog } from '../streams/event-log.js';
import type { Users } from '../users/directory.js';
import { Derived } from '../util/cell.js';
import { newId } from '../util/ids.js';
import type { Book } from './book.js';
import { DraftKeeper } from './drafts.js';
import { Positions } from './positions.js';
import type { Reporter } from './reporter.js';
import { Typing } from './typing.js';

/** Threads that are kept though nobody looks at them. */
const THREADS = 5;

/** What the handles of all conversations share. */
export interface HandleContext {
  readonly request: Client['request'];
  readonly book: Book;
  readonly outbox: Outbox;
  readonly users: Users;
  readonly reporter: Reporter;
  readonly timelineLimit: number;
  log(conversation: string): EventLog | undefined;
  me(): string | undefined;
  server(): ConnectedServer | undefined;
  ready(): boolean;
  now(): number;
}

/** One conversation: what is shown of it and what can be done with it. */
export class Handle implements ConversationHandle {
  readonly summary: Observable<Conversation | undefined>;
  readonly messages: LiveTimeline;
  private readonly view: Derived<Conversation | undefined>;
  private readonly threads = new Map<number, LiveTimeline>();
  private readonly views: Views;
  private readonly typist: Typing;
  private readonly others: Positions;
  private readonly drafts: DraftKeeper;
  private counts: Receipts | undefined;

  constructor(
    readonly id: string,
    private readonly context: HandleContext,
  ) {
    const { book, request, outbox, now, ready } = context;
    this.view = new Derived(
      () => book.get(id),
      () => book.get(id) ?? void book.fetch(id),
    );
    this.summary = this.view;
    this.views = new Views(context.me, (clientId) => outbox.sentHere(clientId));
    this.messages = this.timeline(undefined);
    this.typist = new Typing(now, () => {
      if (ready()) request('typing.start', { conversation: id }).catch(() => {});
    });
    this.others = new Positions(
      id,
      request,
      () => context.me() ?? '',
      () => this.moved(),
    );
    this.drafts = new DraftKeeper(request, ready);
  }

  get state(): Conversation | undefined {
    return this.view.get();
  }

  thread(seq: number): LiveTimeline {
    let thread = this.threads.get(seq);
    if (!thread) {
      const idle = [...this.threads].filter(([, { watched }]) => !watched);
      for (const [old] of idle.slice(0, Math.max(0, idle.length - THREADS)))
        this.threads.delete(old);
      this.threads.set(seq, (thread = this.timeline(seq)));
    }
    return thread;
  }

  send(draft: MessageDraft | string): LocalMessage {
    const what = typeof draft === 'string' ? { text: draft } : draft;
    const params = paramsOf(this.id, newId(), what, this.context.server()?.limits);
    const { queued, stored } = this.context.outbox.put(params);
    return { localId: params.clientId, queued, stored };
  }

  retry(localId: string): void {
    this.context.outbox.retry(this.id, localId);
  }

  discard(localId: string): void {
    this.context.outbox.discard(this.id, localId);
  }

  async edit(seq: number, text: string, mentions?: Mentions) {
    checkText(text, this.context.server()?.limits);
    const more = mentions ? { mentions } : {};
    return this.context.request('message.edit', { ...this.at(seq), text, ...more });
  }

  recall(seq: number) {
    return this.context.request('message.recall', this.at(seq));
  }

  react(seq: number, emoji: string) {
    return this.context.request('message.react', { ...this.at(seq), emoji });
  }

  unreact(seq: number, emoji: string) {
    return this.context.request('message.unreact', { ...this.at(seq), emoji });
  }

  pin(seq: number, until?: string) {
    return this.context.request('message.pin', { ...this.at(seq), ...(until ? { until } : {}) });
  }

  unpin(seq: number) {
    return this.context.request('message.unpin', this.at(seq));
  }

  pins(cursor?: string) {
    return this.context.request('pin.list', this.page(cursor));
  }

  forward(seqs: readonly number[], to: string, merge = false) {
    const params = { clientId: newId(), from: this.id, seqs, to };
    return this.context.request('message.forward', merge ? { ...params, merge } : params);
  }

  async message(seq: number): Promise<Message> {
    const timelines = [this.messages, ...this.threads.values()];
    const here = timelines.map((timeline) => timeline.find(seq)).find((found) => found);
    return here ?? this.context.request('message.get', this.at(seq));
  }

  markRead(seq?: number): void {
    const { book, reporter } = this.context;
    const now = book.get(this.id);
    const latest = Math.max(now?.lastMessage?.seq ?? 0, this.messages.last ?? 0);
    const to = seq ?? latest;
    if (to <= (now?.me.read ?? 0)) return;
    reporter.read(this.id, to);
    if (now) book.moved(this.id, { read: to, unread: now.me.unread, mentions: now.me.mentions });
  }

  typing(): void {
    this.typist.key();
  }

  get typingUsers(): Observable<readonly string[]> {
    return this.typist.cell;
  }

  get positions() {
    return this.others.cell;
  }

  async receipts(seq: number, cursor?: string) {
    const page = await this.context.request('message.receipts', { ...this.page(cursor), seq });
    this.context.users.learn(page.items.map(({ user }) => user));
    return page;
  }

  async members(cursor?: string) {
    const page = await this.context.request('member.list', this.page(cursor));
    this.context.users.learn(page.items.map(({ user }) => user));
    return page;
  }

  invite(users: readonly string[]) {
    return this.context.request('member.add', { conversation: this.id, users });
  }

  remove(user: string) {
    return this.context.request('member.remove', { conversation: this.id, user });
  }

  setRole(user: string, role: MemberRole) {
    return this.context.request('member.update', { conversation: this.id, user, role });
  }

  leave() {
    return this.context.request('conversation.leave', { conversation: this.id });
  }

  rename(name: string) {
    return this.context.request('conversation.update', { conversation: this.id, name });
  }

  announce(announcement: string) {
    return this.context.request('conversation.update', { conversation: this.id, announcement });
  }

  settings(settings: ConversationSettings) {
    return this.context.request('conversation.settings', { conversation: this.id, ...settings });
  }

  mute(muted: boolean) {
    return this.settings({ muted });
  }

  pinToTop(pinned: boolean) {
    return this.settings({ pinned });
  }

  archive(archived: boolean) {
    return this.settings({ archived });
  }

  get draft(): { readonly text: string; readonly replyTo?: number } | undefined {
    const { pending } = this.drafts;
    if (pending) return pending.text === '' ? undefined : pending;
    return this.state?.me.draft;
  }

  setDraft(text: string, replyTo?: number): void {
    const reply = replyTo === undefined ? {} : { replyTo };
    const draft = { conversation: this.id, text, ...reply };
    this.drafts.set(draft);
    this.context.book.draft(draft, new Date().toISOString());
  }

  jumpTo(seq: number): Promise<void> {
    return this.messages.find(seq) ? Promise.resolve() : this.messages.show({ around: seq });
  }

  jumpToDate(date: Date | string): Promise<void> {
    const at = typeof date === 'string' ? date : date.toISOString();
    return this.messages.show({ at });
  }

  // What the client tells.

  apply(event: Event): void {
    const one = known(event);
    if (one.kind === 'message.sent') this.typist.stopped(one.by);
    if (one.kind === 'member.removed') this.others.forget(one.data.user);
    this.messages.apply(event);
    for (const thread of this.threads.values()) thread.apply(event);
  }

  signalled(signal: PositionSignal): void {
    this.others.signal(signal);
  }

  writes(user: string): void {
    this.typist.started(user);
  }

  /** The summary or the messages on their way changed. */
  changed(): void {
    this.view.invalidate();
    this.counts = undefined;
    for (const timeline of this.timelines()) timeline.changed();
  }

  /** There is a connection, or a membership, again. */
  resume(): void {
    this.others.refresh();
    this.drafts.resume();
    for (const timeline of this.timelines()) {
      if (timeline.watched) timeline.load().catch(() => {});
    }
  }

  lost(): void {
    this.typist.clear();
  }

  hurry(): void {
    this.drafts.hurry();
  }

  /** Forgets all messages; with `reload` those that somebody looks at are read anew. */
  drop(reload: boolean): void {
    for (const timeline of this.timelines()) timeline.drop(reload);
  }

  /** Whether messages are held: then each event of the stream counts. */
  get holds(): boolean {
    return this.timelines().some(({ isLoaded }) => isLoaded);
  }

  get watched(): boolean {
    return this.view.watched || this.timelines().some(({ watched }) => watched);
  }

  private timelines(): LiveTimeline[] {
    return [this.messages, ...this.threads.values()];
  }

  private moved(): void {
    this.counts = undefined;
    for (const timeline of this.timelines()) timeline.changed();
  }

  private at(seq: number) {
    return { conversation: this.id, seq };
  }

  private page(cursor: string | undefined) {
    return { conversation: this.id, ...(cursor === undefined ? {} : { cursor }) };
  }

  private get receiptsNow(): Receipts {
    const others = (this.state?.memberCount ?? 1) - 1;
    this.counts ??= new Receipts(this.others.cell.get().values(), others);
    return this.counts;
  }

  private timeline(thread: number | undefined): LiveTimeline {
    const { context, id } = this;
    return new LiveTimeline({
      limit: context.timelineLimit,
      log: () => context.log(id),
      belongs: (message) => message.thread === thread,
      page: (of, limit) => this.read(thread, of, limit),
      show: (window) => this.show(thread, window),
    });
  }

  private read(thread: number | undefined, of: PageOf, limit: number) {
    const { request } = this.context;
    this.others.want();
    if (thread === undefined) {
      return request('message.history', { conversation: this.id, ...of, limit });
    }
    return request('message.thread', { ...this.at(thread), ...of, limit });
  }

  private show(thread: number | undefined, window: Window) {
    const stored = window.items.map((held) => this.views.stored(held, this.receiptsNow));
    if (window.hasAfter) return stored;
    const here = new Set(window.items.slice(-200).map(({ message }) => message.clientId));
    const echoes = this.context.outbox
      .echoes(this.id)
      .filter(({ entry }) => entry.params.thread === thread && !here.has(entry.id));
    return echoes.length === 0 ? stored : [...stored, ...echoes.map(echoView)];
  }
}
