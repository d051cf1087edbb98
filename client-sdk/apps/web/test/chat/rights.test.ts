import { describe, expect, it } from 'vitest';
import { mayEdit, mayPin, mayRecall } from '../../src/chat/messageRights';
import { memberActs } from '../../src/members/memberRights';
import { message } from '../kit/samples';

const limits = { editSeconds: 60, recallSeconds: 60 };
const sentAt = Date.parse(message().at);
const mine = message({ mine: true });

describe('what is offered', () => {
  it.each([
    ['my message in time', mine, 59, true],
    ['my message too late', mine, 61, false],
    ['somebody else’s', message(), 0, false],
    [
      'a recalled one',
      message({ mine: true, recalledAt: mine.at, body: undefined as never }),
      0,
      false,
    ],
    [
      'a forwarded one',
      message({ mine: true, forwardedFrom: { senderName: 'x', at: mine.at } }),
      0,
      false,
    ],
  ])('edit: %s', (_, one, seconds, expected) => {
    expect(mayEdit(one, limits, sentAt + seconds * 1000)).toBe(expected);
  });

  it.each([
    ['mine in time', mine, 'direct', 'member', 59, true],
    ['mine too late', mine, 'group', 'member', 61, false],
    ['any, as admin of a group', message(), 'group', 'admin', 999, true],
    ['somebody else’s, as member', message(), 'group', 'member', 0, false],
  ] as const)('recall: %s', (_, one, kind, role, seconds, expected) => {
    expect(mayRecall(one, { kind, role }, limits, sentAt + seconds * 1000)).toBe(expected);
  });

  it.each([
    ['direct', 'member', true],
    ['group', 'member', false],
    ['group', 'admin', true],
    ['group', 'owner', true],
  ] as const)('pin: in a %s conversation as %s', (kind, role, expected) => {
    expect(mayPin({ kind, role })).toBe(expected);
  });

  it.each([
    ['owner', 'member', ['make-admin', 'hand-over', 'remove']],
    ['owner', 'admin', ['unmake-admin', 'hand-over', 'remove']],
    ['admin', 'member', ['remove']],
    ['admin', 'admin', []],
    ['admin', 'owner', []],
    ['member', 'member', []],
  ] as const)('%s over %s: %j', (my, their, acts) => {
    expect(memberActs(my, their)).toEqual(acts);
  });
});
