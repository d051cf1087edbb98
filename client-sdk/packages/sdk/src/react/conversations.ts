import type {
  Conversation,
  ConversationHandle,
  ConversationList,
  ConversationListState,
  UserPosition,
} from '../index.js';
import { useClient } from './context.js';
import { useObservable } from './observe.js';

/** My conversations, and the list itself for `loadMore` and `create`. */
export function useConversations(): ConversationListState & { readonly list: ConversationList } {
  const list = useClient().conversations;
  return { ...useObservable(list), list };
}

/** A conversation as I see it (absent until loaded) and its handle. */
export function useConversation(id: string): {
  readonly conversation: Conversation | undefined;
  readonly handle: ConversationHandle;
} {
  const handle = useClient().conversation(id);
  return { conversation: useObservable(handle.summary), handle };
}

/** Ids of the others who are writing now. */
export function useTyping(id: string): readonly string[] {
  return useObservable(useClient().conversation(id).typingUsers);
}

/** How far the others are, by user id. */
export function usePositions(id: string): ReadonlyMap<string, UserPosition> {
  return useObservable(useClient().conversation(id).positions);
}

/** Unread messages of one conversation, or of all that are loaded and not muted. */
export function useUnread(id?: string): number {
  const list = useClient().conversations;
  const { items } = useObservable(list);
  if (id === undefined) return list.unread;
  return items.find((conversation) => conversation.id === id)?.me.unread ?? 0;
}
