import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** What is done to each frame; the frame has to be passed on by hand, or not. */
export interface Tampering {
  /** Frames of the server; `pass` sends one to the client. */
  toClient?(frame: Frame, pass: (frame: Frame) => void): void;
  /** Frames of the client; `pass` sends one to the server, `answer` one back to the client. */
  toServer?(frame: Frame, pass: (frame: Frame) => void, answer: (frame: Frame) => void): void;
}

export type Frame = Record<string, any>;

export interface TamperingProxy {
  readonly url: string;
  close(): void;
}

/** Stands before a server and breaks its promises; HTTP goes through as it is. */
export async function tamperingProxy(
  target: string,
  tamper: () => Tampering,
): Promise<TamperingProxy> {
  const server = createServer((from, to) => forward(target, from, to));
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'magpie.v1' });
  sockets.on('connection', (client) => join(client, target, tamper()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const client of sockets.clients) client.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}

function forward(target: string, from: IncomingMessage, to: ServerResponse): void {
  const { method, headers } = from;
  const onward = request(`${target}${from.url}`, {
    method: method!,
    headers: { ...headers, host: new URL(target).host },
  });
  onward.on('response', (answer) => {
    to.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(to);
  });
  onward.on('error', () => to.writeHead(502).end());
  from.pipe(onward);
}

function join(client: WebSocket, target: string, { toClient, toServer }: Tampering): void {
  const server = new WebSocket(`${target.replace(/^http/u, 'ws')}/ws`, ['magpie.v1']);
  const open = once(server, 'open');
  const send = (socket: WebSocket) => (frame: Frame) => socket.send(JSON.stringify(frame));
  client.on('message', (data) => {
    void open.then(() => {
      if (toServer === undefined) server.send(String(data));
      else toServer(JSON.parse(String(data)), send(server), send(client));
    });
  });
  server.on('message', (data) => {
    if (toClient === undefined) client.send(String(data));
    else toClient(JSON.parse(String(data)), send(client));
  });
  server.on('close', (code) =>
    client.close(code >= 1000 && code !== 1005 && code !== 1006 ? code : 1000),
  );
  client.on('close', () => void open.then(() => server.close()));
}
