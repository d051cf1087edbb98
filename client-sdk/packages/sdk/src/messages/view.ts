import type { Message } from '../generated/contract.js';
import { MagpieError } from '../api/errors.js';
import type { MessageStatus, ReceiptCounts, TimelineMessage } from '../api/timeline.js';
import type { Echo } from '../outbox/echo.js';
import type { Held } from './window.js';
import type { Receipts } from './receipts.js';

/** How messages are shown. Answers the same object as long as nothing about it changed. */
export class Views {
  private cache = new WeakMap<Message, TimelineMessage>();

  /** `sentHere`: whether a message began as a local echo of this client, which keeps its key. */
  constructor(
    private readonly me: () => string | undefined,
    private readonly sentHere: (clientId: string) => boolean,
  ) {}

  stored({ message }: Held, receipts: Receipts): TimelineMessage {
    const mine = message.sender === this.me();
    const counts = mine ? receipts.of(message.seq) : undefined;
    const old = this.cache.get(message);
    if (old && old.mine === mine && same(old.receipts, counts)) return old;
    const { clientId } = message;
    const local = mine && clientId !== undefined && this.sentHere(clientId);
    const view: TimelineMessage = {
      ...message,
      key: local ? clientId : `#${message.seq}`,
      mine,
      status: counts ? ladder(counts) : 'stored',
      ...(local ? { localId: clientId } : {}),
      ...(counts ? { receipts: counts } : {}),
    };
    this.cache.set(message, view);
    return view;
  }
}

function ladder({ delivered, read }: ReceiptCounts): MessageStatus {
  if (read > 0) return 'read';
  return delivered > 0 ? 'delivered' : 'stored';
}

function same(a: ReceiptCounts | undefined, b: ReceiptCounts | undefined): boolean {
  if (!a || !b) return a === b;
  return a.delivered === b.delivered && a.read === b.read && a.total === b.total;
}

/** A message that has not come back by its stream yet. */
export function echoView({ entry, status, seq, error }: Echo): TimelineMessage {
  const { clientId, ...content } = entry.params;
  const failed = entry.failed ? new MagpieError(entry.failed) : error;
  return {
    ...content,
    clientId,
    key: clientId,
    localId: clientId,
    sender: entry.user,
    at: entry.at,
    mine: true,
    status,
    ...(seq === undefined ? {} : { seq }),
    ...(failed ? { error: failed } : {}),
  };
}
