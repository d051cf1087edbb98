import type { Client, Presence, PresenceSettings } from '@magpie/sdk';
import { MagpieProvider } from '@magpie/sdk/react';
import { act } from '@testing-library/react';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { ME, user } from './samples';

/** Presence without a server: who is watched, what was asked for, and what the test says of people. */
export class FakePresence {
  readonly watched: string[] = [];
  readonly calls: (readonly [string, unknown])[] = [];
  version = 0;
  private readonly known = new Map<string, Presence>();
  private readonly listeners = new Set<() => void>();
  private chosen: PresenceSettings;

  constructor(chosen: Partial<PresenceSettings> = {}) {
    this.chosen = { availability: 'auto', lastSeen: 'everybody', ...chosen };
  }

  say(presence: Omit<Presence, 'version'>): void {
    this.version++;
    this.known.set(presence.user, { ...presence, version: this.version });
    this.tell();
  }

  choose(chosen: PresenceSettings): void {
    this.chosen = chosen;
    this.tell();
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly mine = { get: () => this.chosen, subscribe: this.subscribe };
  readonly get = (id: string) => (this.watched.includes(id) ? this.known.get(id) : undefined);
  readonly set = (change: object) => this.note('set', change);
  readonly setStatus = (status: object) => this.note('setStatus', status);
  readonly clearStatus = () => this.note('clearStatus', undefined);

  watch(ids: readonly string[]): () => void {
    this.watched.push(...ids);
    return () => {
      for (const id of ids) this.watched.splice(this.watched.indexOf(id), 1);
    };
  }

  private note(name: string, value: unknown): Promise<void> {
    this.calls.push([name, value]);
    return Promise.resolve();
  }

  private tell(): void {
    act(() => {
      for (const listener of this.listeners) listener();
    });
  }
}

const still = <T,>(value: T) => ({ get: () => value, subscribe: () => () => undefined });

export function WithPresence(props: { presence: FakePresence; children: ReactNode }) {
  const client = {
    presence: props.presence,
    identity: still({ user: ME, session: ME }),
    connection: still({ status: 'live' }),
    server: { node: 'node-1' },
    users: {
      get: () => user({ id: ME, displayName: '张伟' }),
      subscribe: () => () => undefined,
      version: 1,
    },
  } as unknown as Client;
  return (
    <App>
      <MagpieProvider client={client}>{props.children}</MagpieProvider>
    </App>
  );
}
