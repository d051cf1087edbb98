import type {
  ConversationHandle,
  ConversationKind,
  MemberRole,
  TimelineMessage,
} from '@magpie/sdk';
import { createContext, use } from 'react';

/**
 * What the parts of an open conversation share. It holds nothing that changes with each message: every
 * row of the list reads it.
 */
export interface Chat {
  readonly kind: ConversationKind;
  /** My role. */
  readonly role: MemberRole;
  readonly handle: ConversationHandle;
  /** My user id. */
  readonly me: string;
  readonly reply: (message: TimelineMessage) => void;
  readonly edit: (message: TimelineMessage) => void;
  /** Puts a text into the composer, for `edit again` after a recall. */
  readonly write: (text: string) => void;
  readonly openThread: (seq: number) => void;
  readonly jumpTo: (seq: number) => void;
  readonly selection: ReadonlySet<number> | undefined;
  readonly select: (seq: number, on: boolean) => void;
  readonly forward: (seqs: readonly number[]) => void;
  readonly pin: (seq: number) => void;
  readonly showReceipts: (seq: number) => void;
}

export const ChatContext = createContext<Chat | undefined>(undefined);

export function useChat(): Chat {
  const chat = use(ChatContext);
  if (chat === undefined) throw new Error('ChatContext is missing above this component');
  return chat;
}
