import type { Line, Listener, Platform } from './line.js';

/** The WebSocket of the page. */
export const browserPlatform: Platform = {
  name: 'browser',
  dial: (url, protocols, listener) => dial(url, protocols, listener),
};

function dial(url: string, protocols: readonly string[], listener: Listener): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [...protocols]);
    let opened = false;
    socket.addEventListener('message', (event: MessageEvent) =>
      listener.message(String(event.data)),
    );
    socket.addEventListener('close', (event) => {
      if (opened) listener.closed(event.code);
      else reject(new Error(`no WebSocket at ${url}`));
    });
    socket.addEventListener('open', () => {
      opened = true;
      resolve({
        protocol: socket.protocol,
        extensions: socket.extensions,
        send: (data) => socket.send(data as string | Uint8Array<ArrayBuffer>),
        close: (code) => socket.close(code),
      });
    });
  });
}
