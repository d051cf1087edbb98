// What teams build: Socket.IO with the Redis adapter and, with POSTGRES_URI, an insert before the
// acknowledgement. Settings of the environment: PORT, REDIS_URI, POSTGRES_URI.
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';

const { PORT, REDIS_URI, POSTGRES_URI } = process.env;

// The connections of the adapter: one that publishes, one that listens.
const redis = new Redis(REDIS_URI);
const http = createServer((request, response) => response.end('ready'));
const io = new Server(http, {
  adapter: createAdapter(redis, redis.duplicate()),
  transports: ['websocket'],
  serveClient: false,
});

const store = POSTGRES_URI ? await opened() : async () => {};

async function opened() {
  const pool = new pg.Pool({ connectionString: POSTGRES_URI, max: 16 });
  await pool.query(`create table if not exists bench_message
    (id bigserial primary key, room text not null, sender text not null, body text not null,
     at timestamptz not null default now())`);
  const insert = {
    name: 'insert',
    text: 'insert into bench_message (room, sender, body) values ($1, $2, $3)',
  };
  return (room, sender, body) => pool.query({ ...insert, values: [room, sender, body] });
}

io.on('connection', (socket) => {
  socket.on('join', async (room, ack) => {
    await socket.join(room);
    ack();
  });
  socket.on('send', async (room, body, ack) => {
    await store(room, socket.id, body);
    io.to(room).emit('message', { room, sender: socket.id, at: new Date().toISOString(), body });
    ack();
  });
});

// Memory is looked at after a collection (node --expose-gc).
process.on('SIGUSR2', () => globalThis.gc?.());
http.listen(Number(PORT), '127.0.0.1');
