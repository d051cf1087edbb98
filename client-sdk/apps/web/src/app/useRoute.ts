import { useSyncExternalStore } from 'react';

export type Route =
  | { readonly page: 'chat'; readonly conversation: string | undefined }
  | { readonly page: 'link'; readonly token: string };

const CONVERSATION = /^\/c\/([0-9a-f-]{36})$/u;

export function parseRoute(path: string, hash: string): Route {
  if (path === '/link') return { page: 'link', token: hash.replace(/^#/u, '') };
  return { page: 'chat', conversation: CONVERSATION.exec(path)?.[1] };
}

/** Opens a conversation, or the list with none; the browser's back button returns. */
export function openConversation(id: string | undefined): void {
  const path = id === undefined ? '/' : `/c/${id}`;
  if (location.pathname === path) return;
  history.pushState(null, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}

function subscribe(changed: () => void): () => void {
  addEventListener('popstate', changed);
  return () => removeEventListener('popstate', changed);
}

export function useRoute(): Route {
  const key = useSyncExternalStore(subscribe, () => location.pathname + location.hash);
  const [path = '/', hash = ''] = key.split(/(?=#)/u);
  return parseRoute(path, hash);
}
