import type { Stage } from './stage.js';

/** What a case needs that not every run has; it is skipped elsewhere, and says so. */
export type Need =
  /** Two URLs or more, of nodes of one cluster. */
  | 'nodes'
  /** A program: browsers cannot send or see it. */
  | 'program'
  /** The super admin's login. */
  | 'admin';

export interface Case {
  /** Named in docs/protocol.md at the sentence that it proves. */
  readonly id: string;
  readonly promise: string;
  readonly needs?: readonly Need[];
  /** Takes more than about five seconds with ordinary settings. */
  readonly slow?: boolean;
  run(stage: Stage): Promise<void>;
}

export type Verdict = 'pass' | 'fail' | 'skip';

export interface Result {
  readonly id: string;
  readonly promise: string;
  readonly verdict: Verdict;
  /** Why it failed or was skipped. */
  readonly reason?: string;
  readonly ms: number;
}
