import type { MemberRole } from '@magpie/sdk';

export type MemberAct = 'make-admin' | 'unmake-admin' | 'hand-over' | 'remove';

/** What somebody of role `mine` may do with a member of role `theirs`, as the server decides it. */
export function memberActs(mine: MemberRole, theirs: MemberRole): readonly MemberAct[] {
  if (theirs === 'owner' || mine === 'member') return [];
  if (mine === 'admin') return theirs === 'member' ? ['remove'] : [];
  return [theirs === 'admin' ? 'unmake-admin' : 'make-admin', 'hand-over', 'remove'];
}
