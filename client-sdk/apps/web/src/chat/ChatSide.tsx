import type { Conversation, Message } from '@magpie/sdk';
import { MembersPanel } from '../members/MembersPanel';
import { PinsPanel } from './PinsPanel';
import { ThreadPanel } from './ThreadPanel';

/** What stands beside the messages. */
export type Side = 'members' | 'pins' | { readonly thread: number };

interface Props {
  readonly side: Side | undefined;
  readonly conversation: Conversation;
  readonly pins: readonly Message[];
  readonly onClose: () => void;
}

export function ChatSide({ side, conversation, pins, onClose }: Props) {
  if (side === undefined) return null;
  if (side === 'members') return <MembersPanel conversation={conversation} onClose={onClose} />;
  if (side === 'pins') return <PinsPanel pins={pins} onClose={onClose} />;
  return <ThreadPanel key={side.thread} seq={side.thread} onClose={onClose} />;
}
