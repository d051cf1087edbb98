// The nodes over HTTP, past the proxies: what each of them holds.
import { hash, now } from './history.mjs';

const PATIENCE_MS = 5_000;
const PAGE = 200;

export class Nodes {
  /**
   * @param nodes [{name, url}]
   * @param app {id, key} whose users they are
   */
  constructor(nodes, app) {
    this.all = nodes;
    this.app = app;
  }

  /** A fresh token, from whichever node gives one. */
  async token({ externalId, name, id }, device) {
    let failure;
    for (const node of this.all) {
      try {
        const path = `/apps/${this.app.id}/tokens`;
        const body = { externalId, displayName: name, device };
        const { accessToken, user } = await this.#ask(node, path, this.app.key, body);
        if (user.id !== id) throw new Error(`${externalId} is ${user.id} and not ${id}`);
        return accessToken;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** Heads of all streams of somebody, as the first node that answers tells. */
  async heads(token) {
    let failure;
    for (const node of this.all) {
      try {
        const heads = new Map();
        let cursor;
        do {
          const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
          const page = await this.#ask(node, `/streams?limit=${PAGE}${query}`, token);
          for (const { stream, head } of page.items) heads.set(stream, head);
          cursor = page.next;
        } while (cursor !== undefined);
        return heads;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** Looks for a message that was acknowledged; writes nothing where the node cannot say. */
  async readBack(node, token, { conversation, seq, clientId }, history) {
    const begun = now();
    const where = { begun, client: '', node: node.name, conversation, seq };
    try {
      const path = `/conversations/${conversation}/messages/${seq}`;
      const message = await this.#ask(node, path, token);
      history.line('read', { ...where, clientId: message.clientId ?? clientId, found: true });
    } catch (error) {
      if (error.status === 404) history.line('read', { ...where, clientId, found: false });
    }
  }

  /** Writes all that a node holds of a stream; the number of its events. */
  async final(node, token, stream, history) {
    let after = 0;
    let count = 0;
    for (;;) {
      const path = `/streams/${stream}/events?after=${after}&limit=${PAGE}`;
      const { events, upTo, head } = await this.#ask(node, path, token);
      history.line('final', {
        node: node.name,
        stream,
        after,
        upTo,
        head,
        events: events.map(stored),
      });
      count += events.length;
      if (upTo >= head || upTo <= after) return count;
      after = upTo;
    }
  }

  async #ask(node, path, token, body) {
    const response = await fetch(`${node.url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) {
      const text = await response.text();
      const error = new Error(`${node.name} ${path}: ${response.status} ${text.slice(0, 300)}`);
      throw Object.assign(error, { status: response.status });
    }
    return response.json();
  }
}

function stored({ seq, kind, by, data }) {
  switch (kind) {
    case 'message.sent': {
      const { text } = data.body ?? {};
      return { seq, kind, by, clientId: data.clientId, hash: text && hash(text) };
    }
    case 'conversation.created':
    case 'member.added':
      return { seq, kind, by, users: data.members.map(({ user }) => user) };
    case 'member.removed':
      return { seq, kind, by, users: [data.user] };
    default:
      return { seq, kind, by };
  }
}
