import { closeCodes } from '../generated/contract.js';
import type { ConnectionState } from '../api/connection.js';

type Reason = NonNullable<ConnectionState['reason']>;

/** What follows the end of a connection. */
export interface Ending {
  readonly next: 'reconnect' | 'give-up' | 'login';
  readonly reason: Reason;
}

const reasons: ReadonlyMap<number, Reason> = new Map([
  [1000, 'goodbye'],
  [1012, 'restart'],
  [1013, 'busy'],
  [4401, 'login'],
  [4403, 'superseded'],
  [4408, 'silent'],
  [4429, 'busy'],
]);

/** Reads the contract's table of close codes; a code that is not in it is a cut connection. */
export function endingOf(code: number): Ending {
  switch (closeCodes.get(code)) {
    case 'login':
      return { next: 'login', reason: 'login' };
    case 'no':
      return { next: 'give-up', reason: reasons.get(code) ?? 'protocol' };
    default:
      return { next: 'reconnect', reason: reasons.get(code) ?? 'network' };
  }
}
