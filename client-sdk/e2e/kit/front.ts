import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** One address before several ports of this machine; a connection goes to the next that takes it. */
export interface Front {
  close(): Promise<void>;
}

/** What cluster.sh starts haproxy for, where that is installed. */
export async function openFront(port: number, behind: readonly number[]): Promise<Front> {
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    const dial = (tries: number): void => {
      if (tries === 0) {
        client.destroy();
        return;
      }
      const node = connect(behind[turn++ % behind.length]!, '127.0.0.1');
      node.once('error', () => dial(tries - 1));
      node.once('connect', () => {
        node.removeAllListeners('error');
        join(client, node);
      });
    };
    dial(behind.length);
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return {
    close: async () => {
      for (const client of open) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The end of one is the end of the other, however it comes. */
function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}
