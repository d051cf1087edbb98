import type { Conversation, Member, TimelineMessage, User } from '@magpie/sdk';

const id = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, '0')}`;

export const ME = id('1');
export const OTHER = id('2');
export const GROUP = id('a');

export function user(more: Partial<User> = {}): User {
  return {
    id: OTHER,
    username: 'li.na',
    displayName: '李娜',
    kind: 'member',
    avatar: '/avatar.svg',
    ...more,
  };
}

export function member(more: Partial<Member> = {}): Member {
  return { user: user(), role: 'member', joinedAt: '2026-01-01T00:00:00Z', ...more };
}

type Own = Conversation['me'];

export function conversation(
  more: Partial<Omit<Conversation, 'me'>> & { me?: Partial<Own> } = {},
): Conversation {
  const { me, ...rest } = more;
  return {
    id: GROUP,
    kind: 'group',
    name: '产品发布',
    memberCount: 3,
    createdAt: '2026-01-01T00:00:00Z',
    activeAt: '2026-01-31T08:00:00Z',
    head: 10,
    ...rest,
    me: {
      role: 'member',
      from: 1,
      read: 5,
      delivered: 5,
      unread: 0,
      mentions: 0,
      muted: false,
      pinned: false,
      archived: false,
      ...me,
    },
  };
}

export function message(more: Partial<TimelineMessage> = {}): TimelineMessage {
  const seq = more.seq ?? 1;
  return {
    conversation: GROUP,
    seq,
    key: `m${seq}`,
    sender: OTHER,
    at: '2026-01-31T08:00:00Z',
    body: { type: 'text', text: 'hello' },
    status: 'stored',
    mine: false,
    ...more,
  };
}
