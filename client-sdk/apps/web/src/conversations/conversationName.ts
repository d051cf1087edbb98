import type { Conversation } from '@magpie/sdk';
import { visibleName } from '../text/visibleControls';

/** The group's name, or the other person's. */
export function conversationName(conversation: Conversation): string {
  return visibleName(conversation.name ?? conversation.peer?.displayName ?? '');
}
