// @vitest-environment happy-dom
import { act, StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from '../src/index.js';
import {
  MagpieProvider,
  useConnection,
  useConversation,
  useConversations,
  useMe,
  useMessages,
  useMyPresence,
  usePositions,
  usePresence,
  usePresences,
  useReceipts,
  useSyncStatus,
  useThread,
  useTyping,
  useUnread,
  useUser,
  useUsers,
} from '../src/react/index.js';
import { id, LI, ME, liveClient, newClient, ROOM, server, settle, WANG } from './kit/index.js';

let unmount = (): void => {};

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});

afterEach(() => {
  act(() => unmount());
  vi.unstubAllGlobals();
});

/** Renders and answers the text that is shown now. */
async function render(client: Client, view: ReactNode): Promise<() => string> {
  const host = document.createElement('div');
  const root = createRoot(host);
  unmount = () => root.unmount();
  await act(async () => {
    root.render(
      <StrictMode>
        <MagpieProvider client={client}>{view}</MagpieProvider>
      </StrictMode>,
    );
  });
  return () => host.textContent;
}

/** Waits until the text is shown. */
async function shows(text: () => string, expected: string): Promise<void> {
  for (let i = 0; i < 200 && text() !== expected; i++) await act(() => settle(2));
  expect(text()).toBe(expected);
}

function Everything(): ReactNode {
  const { status } = useConnection();
  const { items } = useConversations();
  const total = useUnread();
  const { pending } = useSyncStatus();
  return `${useMe()?.user === ME ? 'me' : 'nobody'} ${status} ${items.length} ${total} ${pending}`;
}

function Room(): ReactNode {
  const { conversation, handle } = useConversation(ROOM);
  const { items, loaded } = useMessages(ROOM);
  const people = useUsers(items.map(({ sender }) => sender));
  const typing = useTyping(ROOM);
  const read = usePositions(ROOM).get(LI)?.read ?? 0;
  const writer = useUser(typing[0]);
  const unread = useUnread(ROOM);
  if (!loaded || !conversation) return 'loading';
  const lines = items.map((one) => {
    const name = people.get(one.sender)?.displayName ?? '…';
    return `${name}: ${one.body?.type === 'text' ? one.body.text : '–'} ${one.status}`;
  });
  return `${handle.id === ROOM ? conversation.name : ''} [${lines.join(' | ')}] ${writer?.displayName ?? ''} ${read} ${unread}`;
}

test('a component follows the connection, the list, unread counts and what is pending', async () => {
  server.world.room();
  const client = newClient();
  const text = await render(client, <Everything />);
  expect(text()).toBe('nobody idle 0 0 0');
  client.connect();
  await shows(text, 'me live 1 0 0');
  (await server.peer()).push(server.world.say('hello'));
  await shows(text, 'me live 1 1 0');
  client.conversation(ROOM).send('hi');
  await shows(text, 'me live 1 1 1');
});

test('a component shows messages with names, their status, typing and positions', async () => {
  server.world.room(ROOM, [ME, LI, WANG]);
  server.world.say('hello');
  const client = await liveClient();
  const text = await render(client, <Room />);
  await shows(text, '产品发布 [李娜: hello stored]  0 1');
  server.storeMessages();
  await act(async () => void (await client.conversation(ROOM).send('hi').stored));
  await shows(text, '产品发布 [李娜: hello stored | 张伟: hi stored]  0 1');
  const peer = await server.peer();
  const at = { conversation: ROOM, user: LI };
  peer.send({
    type: 'signals',
    signals: [
      { kind: 'position', read: 3, delivered: 3, ...at },
      { kind: 'typing', ...at },
    ],
  });
  await shows(text, '产品发布 [李娜: hello stored | 张伟: hi read] 李娜 3 1');
});

test('a component can show a thread and who has read a message', async () => {
  server.world.room();
  server.world.say('root', ME);
  server.world.say('reply', LI, { thread: 2 });
  const asked = { times: 0 };
  server.answer('message.receipts', () => {
    const items = [{ user: { ...client.users.get(LI)! }, state: 'read' as const }];
    return { items, readCount: ++asked.times, deliveredCount: 1, total: 1 };
  });
  const client = await liveClient();
  await client.users.fetch(LI);
  function Thread(): ReactNode {
    const { items } = useThread(ROOM, 2);
    const { receipts } = useReceipts(ROOM, 2);
    return `${items.length} ${receipts ? 'known' : 'unknown'}`;
  }
  const text = await render(client, <Thread />);
  await shows(text, '1 known');
  const before = asked.times;
  const signal = { kind: 'position' as const, conversation: ROOM, user: LI, read: 3, delivered: 3 };
  (await server.peer()).send({ type: 'signals', signals: [signal] });
  for (let i = 0; i < 200 && asked.times === before; i++) await act(() => settle(2));
  expect(asked.times).toBeGreaterThan(before);
});

test('the hooks render on a server, too', () => {
  const client = newClient();
  const html = renderToString(
    <MagpieProvider client={client}>
      <Everything />
    </MagpieProvider>,
  );
  expect(html).toBe('nobody idle 0 0 0');
});

test('a hook without a provider says what is missing', () => {
  expect(() => renderToString(<Everything />)).toThrow(/MagpieProvider/);
});

test('unmounting ends all subscriptions', async () => {
  server.world.room();
  const client = await liveClient();
  const text = await render(client, <Room />);
  for (let i = 0; i < 200 && text() === 'loading'; i++) await act(() => settle(2));
  act(() => unmount());
  unmount = () => {};
  (await server.peer()).push(server.world.say('later', id(9)));
  await act(() => settle());
  expect((client.conversation(ROOM).messages as unknown as { watched: boolean }).watched).toBe(
    false,
  );
});

function There(): ReactNode {
  const li = usePresence(LI);
  const all = usePresences([LI, WANG]);
  return `${li?.state ?? '?'} ${all.size} ${useMyPresence()?.availability ?? '?'}`;
}

test('a component watches people while it is there, and shows what I chose', async () => {
  const online = { user: LI, state: 'online', version: 1 } as const;
  server.world.presences.set(LI, online);
  const client = await liveClient();
  const text = await render(client, <There />);
  await shows(text, 'online 1 auto');
  const peer = await server.peer();
  const busy = { ...online, state: 'busy', version: 2 } as const;
  peer.send({ type: 'signals', signals: [{ kind: 'presence', presence: busy }] });
  await shows(text, 'busy 1 auto');
  act(() => unmount());
  await settle();
  expect(peer.requests('presence.watch')).toHaveLength(1);
  expect(peer.requests('presence.unwatch')).toHaveLength(1);
});
