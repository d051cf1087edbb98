import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { liveClient, ROOM, server, until } from './kit/index.js';

const root = new URL('../src/', import.meta.url).pathname;
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

test('keys like __proto__ and constructor in what the server sends change no prototype', async () => {
  server.world.room();
  const client = await liveClient();
  client.conversation(ROOM).messages.subscribe(() => {});
  await until(() => client.conversation(ROOM).messages.get().loaded);
  const peer = await server.peer();
  const event = JSON.stringify(server.world.say('x'));
  const evil = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
  peer.socket.send(
    `{"type":"events",${evil}"events":[${event.replace('"data":{', `"data":{${evil}`)}]}`,
  );
  const reacted = server.world.write(ROOM, 'message.reacted', { message: 2, emoji: '__proto__' });
  peer.push(reacted);
  const updated = JSON.stringify(server.world.write(ROOM, 'conversation.updated', { name: 'n' }));
  peer.socket.send(
    `{"type":"events","events":[${updated.replace('"data":{', `"data":{${evil}`)}]}`,
  );
  const heads = '{"__proto__":5,"constructor":7,"toString":9}';
  peer.socket.send(
    `{"type":"heartbeat",${evil}"at":"2026-01-01T00:00:00Z","heads":${heads},"count":2,"hash":1}`,
  );
  peer.socket.send(
    `{"type":"signals","signals":[{"kind":"typing","conversation":"__proto__","user":"__proto__"}]}`,
  );
  await until(() => client.conversations.find(ROOM)?.head === 4);
  await until(() => client.conversation(ROOM).messages.items[0]?.reactions?.[0]?.count === 1);
  for (const clean of [{}, [], () => {}, new Map()]) {
    expect((clean as { polluted?: unknown }).polluted).toBeUndefined();
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('nothing in the SDK makes code of text, or touches styles and markup: a strict CSP holds', () => {
  const forbidden =
    /\beval\(|new Function|innerHTML|outerHTML|insertAdjacent|document\.write|\.style\b|javascript:/;
  const found = sources.filter((name) => forbidden.test(readFileSync(join(root, name), 'utf8')));
  expect(found).toEqual([]);
  expect(sources.length).toBeGreaterThan(50);
});

test('the core knows no framework and no platform of its own', () => {
  const core = sources.filter((name) => !/^(react|store-file)\//.test(name));
  const imports = core.flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8');
    return [...text.matchAll(/^(?:import|export|\}).* from '([^'.][^']*)'/gm)].map(
      (match) => match[1],
    );
  });
  expect(imports).toEqual([]);
});
