import type { Member, MemberRole } from '@magpie/sdk';
import { compareNames } from '../format/names';

const RANK: Readonly<Record<MemberRole, number>> = { owner: 0, admin: 1, member: 2 };

/** By role, then by name in the reader's language. */
export function sortMembers(members: readonly Member[], locale: string): Member[] {
  const compare = compareNames(locale);
  return members.toSorted(
    (a, b) => RANK[a.role] - RANK[b.role] || compare(a.user.displayName, b.user.displayName),
  );
}
