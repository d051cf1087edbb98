import { WebSocket } from 'ws';
import type { Line, Listener, Platform, RawLine, Upgrade } from './line.js';

const CONNECT_MS = 10_000;
/** Frames of the server can be larger than those it takes. */
const FRAME_BYTES = 16 * 1024 * 1024;

/** Programs: everything that a browser can do, and what only a program can. */
export const nodePlatform: Platform = { name: 'node', dial, upgrade };

function dial(url: string, protocols: readonly string[], listener: Listener): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [...protocols], {
      handshakeTimeout: CONNECT_MS,
      maxPayload: FRAME_BYTES,
    });
    socket.on('error', reject);
    // Tells of the end of a connection that was cut, too; the code is 1006 then.
    socket.on('close', (code) => listener.closed(code));
    socket.on('message', (data) => listener.message(String(data)));
    socket.on('open', () =>
      resolve({
        protocol: socket.protocol,
        extensions: socket.extensions,
        send: (data) => socket.send(data),
        close: (code) => socket.close(code),
        raw: raw(socket),
      }),
    );
  });
}

function raw(socket: WebSocket): RawLine {
  return {
    ping: () => socket.ping(),
    text: (bytes) => socket.send(bytes, { binary: false }),
    fragment: (text, last) => socket.send(text, { binary: false, fin: last }),
    unmasked: (text) => socket.send(text, { mask: false }),
    stopReading: () => socket.pause(),
  };
}

function upgrade(base: string, wanted: Upgrade): Promise<number> {
  const url = base.replace(/^http/u, 'ws') + (wanted.path ?? '/ws');
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [...wanted.protocols], {
      handshakeTimeout: CONNECT_MS,
      ...(wanted.origin === undefined ? {} : { headers: { Origin: wanted.origin } }),
    });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.on('error', reject);
  });
}
