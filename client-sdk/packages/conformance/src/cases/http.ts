import type { Case } from '../run/case.js';
import { check, same, sameSet } from '../run/check.js';
import { say, uuid, words } from '../run/stage.js';
import type { Sent } from '../wire/types.js';
import { pair } from './scene.js';

/** Operations about the connection itself. */
const SOCKET_ONLY = ['session.reauth', 'presence.watch', 'presence.unwatch', 'presence.activity'];

const HTTP_ONLY = [
  'server.info',
  'session.create',
  'session.refresh',
  'link.redeem',
  'app.token',
  'app.user',
];

export const http: readonly Case[] = [
  {
    id: 'C-HTTP-01',
    promise: 'every operation that is not about the connection is also an HTTP request',
    async run(stage) {
      const socket = Object.keys(stage.contract.asyncapi['x-magpie-requests']);
      const both = socket.filter((op) => !SOCKET_ONLY.includes(op));
      sameSet(stage.contract.operations.keys(), [...both, ...HTTP_ONLY], 'operations over HTTP');
    },
  },
  {
    id: 'C-HTTP-02',
    promise: 'the same questions have the same answers',
    async run(stage) {
      const { wei, group, weis } = await pair(stage);
      const seq = await say(weis, group, 'hello');
      const asked: [string, Record<string, unknown>][] = [
        ['profile.get', {}],
        ['conversation.get', { conversation: group }],
        ['conversation.list', { limit: 10 }],
        ['message.history', { conversation: group, after: 0, limit: 5 }],
        ['message.get', { conversation: group, seq }],
        ['member.list', { conversation: group }],
        ['position.list', { conversation: group }],
        ['stream.list', {}],
        ['stream.events', { stream: group, after: 0 }],
      ];
      for (const [op, params] of asked)
        same(await stage.http.ask(op, params, wei.token), await weis.ask(op, params), op);
    },
  },
  {
    id: 'C-HTTP-03',
    promise: 'what is written over HTTP comes as an event like everything else',
    async run(stage) {
      const { wei, group, nas } = await pair(stage);
      const params = words(group, 'from another program');
      const sent = await stage.http.ask<Sent>('message.send', params, wei.token);
      const event = await nas.event(group, sent.seq);
      same(
        [event.by, event.at, event.data['body']],
        [wei.id, sent.at, params['body']],
        'the event',
      );
      const emoji = { conversation: group, seq: sent.seq, emoji: '👍' };
      await stage.http.ask('message.react', emoji, wei.token);
      same((await nas.event(group, sent.seq + 1)).kind, 'message.reacted', 'kind');
    },
  },
  {
    id: 'C-HTTP-04',
    promise: 'without a good bearer token there is nothing but 401',
    async run(stage) {
      for (const token of [undefined, 'nonsense', uuid()]) {
        const answer = await stage.http.send('conversation.list', {}, token);
        same(answer.status, 401, 'status');
      }
    },
  },
  {
    id: 'C-HTTP-05',
    promise: 'bodies are application/json and strict, queries too',
    async run(stage) {
      const { wei, group } = await pair(stage);
      const path = `/conversations/${group}/messages`;
      const body = JSON.stringify({ clientId: uuid(), body: { type: 'text', text: 'x' } });
      const { token } = wei;
      const send = (more: object) =>
        stage.http.raw('message.send', 'POST', path, { token, body, ...more });
      same((await send({ type: 'text/plain' })).status, 415, 'status of text/plain');
      same((await send({ body: '{"clientId":' })).status, 400, 'status of broken JSON');
      const get = (query: string) =>
        stage.http.raw('message.history', 'GET', `${path}${query}`, { token });
      same((await get('?limit=5&limit=6')).status, 400, 'status of a name twice');
      same((await get('?colour=red')).status, 400, 'status of an unknown name');
      check((await get('?limit=5')).ok, 'a good query was refused');
    },
  },
];
