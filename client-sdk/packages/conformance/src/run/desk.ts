import { Broken } from './check.js';
import type { Http } from '../wire/http.js';
import type { App, ErrorBody, Params, Tokens } from '../wire/types.js';

/** Somebody who is logged in on one device. */
export interface Person {
  readonly id: string;
  readonly session: string;
  readonly token: string;
  readonly externalId: string;
  readonly device: string;
}

export type Credentials =
  | { readonly app: string; readonly appKey: string }
  | { readonly username: string; readonly password: string };

const DEVICE = 'magpie-conformance';
const BUSY_MS = 60_000;

/** Makes people for the cases, through an app: of the operator's, or one made for the run. */
export class Desk {
  readonly http: Http;
  readonly #credentials: Credentials;
  readonly #logins: string[] = [];
  #app: { readonly id: string; readonly keys: readonly { readonly id: string }[] };
  #key: string;

  private constructor(http: Http, credentials: Credentials) {
    this.http = http;
    this.#credentials = credentials;
    const given = 'appKey' in credentials;
    this.#app = { id: given ? credentials.app : '', keys: [] };
    this.#key = given ? credentials.appKey : '';
  }

  static async open(http: Http, credentials: Credentials, name: string): Promise<Desk> {
    const desk = new Desk(http, credentials);
    if ('appKey' in credentials) return desk;
    const token = await desk.admin();
    const made = await http.ask<{ app: App; key: string }>('app.create', { name }, token);
    desk.#app = made.app;
    desk.#key = made.key;
    return desk;
  }

  get app(): string {
    return this.#app.id;
  }

  get hasAdmin(): boolean {
    return 'username' in this.#credentials;
  }

  /** A token of the super admin, new each time: they may be short. */
  async admin(): Promise<string> {
    const params = { ...this.#credentials, device: DEVICE };
    const { session, accessToken } = await this.#patiently('session.create', params);
    this.#logins.push(session);
    return accessToken;
  }

  /** A user, made at the first call, and a session for each device. */
  async token(externalId: string, displayName: string, device: string): Promise<Person> {
    const params = { app: this.#app.id, externalId, displayName, device };
    const { user, session, accessToken } = await this.#patiently('app.token', params, this.#key);
    return { id: user.id, session, token: accessToken, externalId, device };
  }

  /** Many cases at once need many tokens; a server that is busy says when to go on. */
  async #patiently(op: string, params: Params, token?: string): Promise<Tokens> {
    const deadline = Date.now() + BUSY_MS;
    for (;;) {
      const answer = await this.http.send(op, params, token);
      if (answer.ok) return answer.body as Tokens;
      const { code, retryable, retryAfterMs = 500 } = answer.body as ErrorBody;
      if (!retryable || Date.now() > deadline) throw new Broken(`${op} was refused: ${code}`);
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    }
  }

  /** Ends the session of a person, whose token may be over by now. */
  async end(person: Person): Promise<void> {
    const { externalId, device } = person;
    const ended = await this.http.send('session.revoke', { session: 'current' }, person.token);
    if (ended.ok || (ended.body as { code: string }).code !== 'token_expired') return;
    const fresh = await this.token(externalId, externalId, device);
    await this.http.send('session.revoke', { session: 'current' }, fresh.token);
  }

  /** Revokes what was made for the run. */
  async close(): Promise<void> {
    if (!this.hasAdmin) return;
    const token = await this.admin();
    for (const { id } of this.#app.keys)
      await this.http.ask('app.key_revoke', { app: this.#app.id, key: id }, token);
    const others = this.#logins.slice(0, -1);
    await Promise.all(
      others.map((session) => this.http.send('session.revoke', { session }, token)),
    );
    await this.http.send('session.revoke', { session: 'current' }, token);
  }
}
