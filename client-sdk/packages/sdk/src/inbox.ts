import type { Event } from './generated/contract.js';
import type { Book } from './conversations/book.js';
import { known } from './messages/typed.js';
import type { Presence } from './presence/presence.js';
import type { Streams } from './streams/streams.js';

/** What concerns me alone, on all my devices: applies an event of the inbox. */
export function applyInbox(event: Event, book: Book, streams: Streams, presence: Presence): void {
  const one = known(event);
  switch (one.kind) {
    case 'membership.added':
      streams.join(one.data.conversation, one.data.from);
      void book.fetch(one.data.conversation);
      break;
    case 'membership.removed':
      left(one.data.conversation, one.data.upTo, streams);
      break;
    case 'settings.changed':
      book.settings(one.data);
      break;
    case 'draft.changed':
      book.draft(one.data, one.at);
      break;
    case 'position.moved':
      book.moved(one.data.conversation, one.data);
      break;
    case 'presence.changed':
      presence.chose(one.data);
      break;
    default:
  }
}

/** The last events may still be on their way, or be over and followed by a new membership. */
function left(conversation: string, upTo: number, streams: Streams): void {
  const stream = streams.get(conversation);
  if (stream?.cursor === upTo) streams.left(conversation, upTo);
  else stream?.require(upTo);
}
