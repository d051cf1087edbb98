import type { Client, ConversationHandle, MessageDraft, User } from '@magpie/sdk';
import { MagpieProvider } from '@magpie/sdk/react';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { ChatContext, type Chat } from '../../src/chat/chatContext';
import { conversation, GROUP, ME, member, user } from './samples';

const nothing = () => undefined;
const cell = <T,>(value: T) => ({ get: () => value, subscribe: () => nothing });

export interface FakeChat {
  readonly client: Client;
  readonly chat: Chat;
  /** What was sent, reacted, retried …, in order. */
  readonly calls: (readonly [string, ...unknown[]])[];
  /** When what is sent is kept; at once by default. */
  keeping: Promise<void>;
}

/** A client without a server that notes what is asked of it; only what the tested parts use. */
export function fakeChat(more: Partial<Chat> = {}, people: readonly User[] = [user()]): FakeChat {
  const calls: FakeChat['calls'] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      calls.push([name, ...args]);
      return Promise.resolve();
    };
  const state = conversation();
  const handle = {
    id: GROUP,
    state,
    summary: cell(state),
    draft: undefined,
    send: (draft: MessageDraft) => {
      calls.push(['send', draft]);
      return { localId: 'x', queued: fake.keeping, stored: Promise.resolve({}) };
    },
    setDraft: (...args: unknown[]) => calls.push(['draft', ...args]),
    typing: () => calls.push(['typing']),
    react: note('react'),
    unreact: note('unreact'),
    retry: note('retry'),
    discard: note('discard'),
    edit: note('edit'),
    members: () => Promise.resolve({ items: people.map((one) => member({ user: one })) }),
    message: () => new Promise(nothing),
  };
  const known = new Map(people.map((one) => [one.id, one]));
  const client = {
    conversation: () => handle,
    server: undefined,
    identity: cell({ user: ME, session: ME }),
    users: { get: (id: string) => known.get(id), subscribe: () => nothing, version: 1 },
    on: () => nothing,
  };
  const chat: Chat = {
    handle: handle as unknown as ConversationHandle,
    kind: 'group',
    role: 'member',
    me: ME,
    reply: nothing,
    edit: nothing,
    write: nothing,
    openThread: nothing,
    jumpTo: nothing,
    selection: undefined,
    select: nothing,
    forward: nothing,
    pin: nothing,
    showReceipts: (seq) => calls.push(['receipts', seq]),
    ...more,
  };
  const fake: FakeChat = {
    client: client as unknown as Client,
    chat,
    calls,
    keeping: Promise.resolve(),
  };
  return fake;
}

export function InChat({ fake, children }: { fake: FakeChat; children: ReactNode }) {
  return (
    <App>
      <MagpieProvider client={fake.client}>
        <ChatContext value={fake.chat}>{children}</ChatContext>
      </MagpieProvider>
    </App>
  );
}
