import type { Member, User } from '@magpie/sdk';
import type { Mentionable } from '../text/mentions';

export interface MentionOption extends Mentionable {
  /** Absent for everybody. */
  readonly user?: User;
}

const MOST = 8;

/**
 * Who fits what was typed after `@`: names and user names that begin with it first, then those that
 * hold it. `all` is the word for everybody where the writer may use it.
 */
export function matchMentionable(
  members: readonly Member[],
  me: string,
  query: string,
  all: string | undefined,
): MentionOption[] {
  const wanted = query.toLowerCase();
  const rank = (...names: string[]) => {
    const lower = names.map((name) => name.toLowerCase());
    if (lower.some((name) => name.startsWith(wanted))) return 0;
    return lower.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  const people = members
    .filter(({ user }) => user.id !== me && user.disabled !== true)
    .map(({ user }) => ({
      id: user.id,
      name: user.displayName,
      user,
      rank: rank(user.displayName, user.username),
    }))
    .filter((one) => one.rank < 2)
    .toSorted((a, b) => a.rank - b.rank);
  const everybody = all !== undefined && rank(all) < 2 ? [{ id: 'all', name: all }] : [];
  return [...everybody, ...people].slice(0, MOST);
}
