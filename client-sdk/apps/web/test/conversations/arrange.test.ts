import { describe, expect, it } from 'vitest';
import {
  arrangeConversations,
  filterConversations,
} from '../../src/conversations/arrangeConversations';
import { sortMembers } from '../../src/members/sortMembers';
import { conversation, member, user } from '../kit/samples';

const names = (list: readonly { name?: string }[]) => list.map((one) => one.name);

describe('the list of conversations', () => {
  const old = conversation({ id: '1', name: 'old', activeAt: '2026-01-01T00:00:00Z' });
  const recent = conversation({ id: '2', name: 'recent', activeAt: '2026-01-02T00:00:00.5Z' });
  const pinned = conversation({
    id: '3',
    name: 'pinned',
    activeAt: '2025-01-01T00:00:00Z',
    me: { pinned: true },
  });

  it('has pinned ones on top, then the latest activity', () => {
    expect(names(arrangeConversations([old, pinned, recent]))).toEqual(['pinned', 'recent', 'old']);
  });

  it('compares times, not their texts', () => {
    const whole = conversation({ id: '4', name: 'whole', activeAt: '2026-01-02T00:00:00Z' });
    expect(names(arrangeConversations([whole, recent]))).toEqual(['recent', 'whole']);
  });

  it('finds by part of a name, wide letters and case aside', () => {
    const wide = conversation({ id: '5', name: 'ＡＢＣ 项目' });
    expect(names(filterConversations([old, wide], 'abc'))).toEqual(['ＡＢＣ 项目']);
    expect(names(filterConversations([old, wide], '项'))).toEqual(['ＡＢＣ 项目']);
  });

  it('finds a direct conversation by user name', () => {
    const { name: _, ...rest } = conversation({ id: '6', kind: 'direct', peer: user() });
    expect(filterConversations([rest, old], 'li.na')).toHaveLength(1);
  });
});

it('members stand by role, then by name as Chinese readers order them', () => {
  const people = [
    member({ user: user({ displayName: '张伟' }) }),
    member({ user: user({ displayName: '陈杰' }) }),
    member({ user: user({ displayName: '王芳' }), role: 'owner' }),
  ];
  const sorted = sortMembers(people, 'zh-CN').map((one) => one.user.displayName);
  expect(sorted).toEqual(['王芳', '陈杰', '张伟']);
});
