import type { Tokens } from '../generated/contract.js';
import type { TokenSource } from '../api/options.js';

/**
 * Answers the same access token until a fresh one is asked for, then refreshes once for all who ask.
 * Expiry times are not looked at: the server says when a token is over, so a wrong clock does not
 * matter.
 */
export class RefreshingToken {
  private running: Promise<string> | undefined;

  constructor(
    private readonly refresh: () => Promise<Tokens>,
    private token?: string,
  ) {}

  readonly getToken: TokenSource = ({ fresh }) => {
    if (this.token !== undefined && !fresh) return this.token;
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  };

  /** The token that was answered last. */
  get current(): string | undefined {
    return this.token;
  }

  private async run(): Promise<string> {
    this.token = undefined;
    const { accessToken } = await this.refresh();
    this.token = accessToken;
    return accessToken;
  }
}

/**
 * Runs `work` in one tab of the browser at a time: a refresh token is good for one use, and using it
 * twice ends the session. Without the Web Locks API it just runs.
 */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  return locks ? (locks.request(name, work) as Promise<T>) : work();
}
