// The calculation of scaling.md, from the tables in it. Exit codes: 0, 1 where --check finds other
// results, 2 for arguments that mean nothing.
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('scaling.md', import.meta.url);
const BEGIN = '<!-- results -->';
const END = '<!-- end of results -->';
const POLL = 1.5; // seconds; a poll that is not over skips the next one
const KINDS = [2, 20, 80]; // members of a conversation
const HINTS = 2 + 1 / 0.15; // that a node tells all others in a second, at most
const US = 1e-6;
const GIB = 2 ** 30;

// What changes when the bottlenecks are moved; scaling.md says how.
const MOVED = {
  quiet: 20, // heads are asked for so many times less often
  looking: 0.1, // share of those online who have the conversation open and are sent its signals
  watching: 10, // nodes that read a change of presence
  pages: 1 / 3, // of the cost of a page
  per_node: 50_000,
};

const USAGE = `node docs/scaling.mjs               writes the results into docs/scaling.md
node docs/scaling.mjs --check       fails where they are not what its tables give
node docs/scaling.mjs name=value …  prints them for other values: a name of its tables, or connections`;

const args = process.argv.slice(2);
const check = args.length === 1 && args[0] === '--check';
const page = readFileSync(PAGE, 'utf8');
const input = { ...valuesOf(page), connections: 0 };
if (!check) for (const arg of args) take(arg);
agree();
const sizes = input.connections > 0 ? [input.connections] : [1e3, 1e4, 1e5, 1e6, 1e7];
const results = report();
if (/NaN|∞/.test(results)) refuse('these values are too large or too small to calculate with');
const [before] = page.split(BEGIN);
const written = `${before}${BEGIN}\n\n${results}\n\n${END}${page.split(END)[1]}`;
if (check) {
  if (written !== page) {
    console.error('docs/scaling.md has other results than its tables give: node docs/scaling.mjs');
    process.exit(1);
  }
} else if (args.length > 0) {
  console.log(results);
} else {
  writeFileSync(PAGE, written);
}

function take(arg) {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(arg) ?? refuse(`${arg}: not name=value`);
  if (!Object.hasOwn(input, name)) {
    refuse(`${name}: no such name, there are: ${Object.keys(input).join(', ')}`);
  }
  if (!(Number(value) > 0 && Number.isFinite(Number(value)))) {
    refuse(`${name}: has to be a number above 0, not "${value}"`);
  }
  input[name] = Number(value);
}

/** What the formulas take for granted of the values, each of which is above 0. */
function agree() {
  for (const name of ['online', 'reads', 'busy']) {
    if (input[name] > 1) refuse(`${name}: is a share, so 1 at most`);
  }
  if (input.devices < 1) refuse('devices: who is online has one connection at least');
  const shares = KINDS.reduce((all, size) => all + input[`sent_${size}`], 0);
  if (Math.abs(shares - 1) > 1e-9) {
    refuse(`${KINDS.map((size) => `sent_${size}`).join(', ')}: have to make 1 together`);
  }
  for (const way of ['one', 'many']) {
    if (input[`heard_${way}`] >= input[`publish_${way}`]) {
      refuse(`heard_${way}: has to be below publish_${way}, hearing costs something`);
    }
  }
}

function refuse(why) {
  console.error(`${why}\n\n${USAGE}`);
  process.exit(2);
}

/** Rows that begin with a name and a number. */
function valuesOf(text) {
  const rows = text.matchAll(/^\| `(\w+)` \| ([\d.,]+) \|/gm);
  return Object.fromEntries(
    [...rows].map(([, name, value]) => [name, Number(value.replaceAll(',', ''))]),
  );
}

/** What so many connections need; seconds of work for each second, so cores. */
function model(connections, moved) {
  const of = moved ? { ...input, per_node: Math.max(input.per_node, MOVED.per_node) } : input;
  const seen = moved ? MOVED.looking : 1;
  const asked = moved ? MOVED.quiet : 1;
  const people = connections / of.devices;
  const users = people / of.online;
  const day = users * of.messages;
  const sends = (day * of.peak) / 86_400;
  const least = Math.ceil(connections / of.per_node);
  const nodes = least + Math.max(1, Math.ceil(least / 10));
  // What a message brings about, in the mean over the sizes of conversations.
  const mean = (what) => KINDS.reduce((all, size) => all + of[`sent_${size}`] * what(size), 0);
  const others = (size) => of.devices * of.online * (size - 1);
  const reached = (size) => others(size) + of.devices;
  const signals = (size) => others(size) + size * of.reads + of.typing;
  const concerned = (size) => nodes * (1 - (1 - 1 / nodes) ** reached(size));
  const read = mean((size) => size * of.reads);
  const published = mean((size) => 1 + signals(size) + size * of.reads);
  const taken = mean(
    (size) => (1 + signals(size) * seen) * concerned(size) + size * of.reads * of.devices,
  );
  const there = Math.min(1, (of.online * of.devices) / nodes);
  const served = (size) => nodes * (1 - (1 - there) ** size);
  const streams =
    people * (1 + (of.devices - 1) * (1 - 1 / nodes)) +
    KINDS.map((size) => ((users * of[`streams_${size}`]) / size) * served(size)).reduce(
      (sum, some) => sum + some,
    );
  const changes = people / of.presence_every;
  const polling = (streams / nodes / asked) * (of.head_db + of.head) * US;
  const round = POLL * Math.max(1, Math.ceil(polling / POLL));
  const polled = streams / asked / round;

  const node = {
    idle: connections * of.idle,
    events: sends * (of.append + mean(reached) * of.write),
    positions: sends * (mean(others) + read) * of.request,
    signals: sends * mean((size) => signals(size) * seen * others(size)) * of.write,
    hints: sends * (published + taken) * of.hint,
    heads: polled * of.head,
  };
  const database = {
    messages: sends * of.append_db,
    positions: moved
      ? sends * (mean(others) * of.row_100 + read * of.append_16)
      : sends * (mean(others) * of.row_db + read * of.read_db),
    presence:
      changes * (of.tell_db + (moved ? Math.min(nodes, MOVED.watching) : nodes) * of.follow_db),
    heads: polled * of.head_db,
    pages: (connections / of.page_every) * of.page_db * (moved ? MOVED.pages : 1),
  };
  const redis = (publish, heard) =>
    sends * (published / publish + taken * (1 / heard - 1 / publish));
  const hints = Math.min(HINTS, 2 + changes / nodes);
  return {
    connections,
    users,
    sends,
    nodes,
    streams,
    changes,
    node: seconds(node),
    database: seconds(database),
    redis: [redis(of.publish_many, of.heard_many), redis(of.publish_one, of.heard_one)],
    memory:
      nodes * of.node * 2 ** 20 + 2 * (connections * of.connection * 1024 + streams * of.stream),
    channels: streams * of.channel,
    disk: day * (of.stored + read * of.read_bytes),
    wal: day * (of.wal_message + read * of.wal_read + mean(others) * of.wal_delivered),
    round,
    everybody: hints * nodes * nodes,
    perNode: connections / nodes,
  };
}

function seconds(parts) {
  return Object.fromEntries(Object.entries(parts).map(([name, us]) => [name, us * US]));
}

function report() {
  const now = sizes.map((size) => model(size, false));
  const moved = sizes.filter((size) => size >= 1e5).map((size) => model(size, true));
  return [
    '### As it is',
    table(
      'connections | users | messages/s | nodes | cores of nodes | GiB of nodes | cores of PostgreSQL | connections to it | Redis shards | WAL GB/day | disk GB/day | stands',
      now.map((at) => [
        at.connections,
        at.users,
        at.sends,
        at.nodes,
        needed(at.node),
        at.memory / GIB,
        needed(at.database),
        at.nodes * 18,
        shards(at),
        at.wal / 1e9,
        at.disk / 1e9,
        obstacle(at),
      ]),
    ),
    'Messages a second are those of the busiest second. Shards from "much leaves at once" to "one by one".',
    '### What PostgreSQL does, in cores',
    table(
      'connections | messages | positions | presence | heads | pages | all',
      now.map((at) => [at.connections, ...Object.values(at.database), sum(at.database)]),
    ),
    '### What the nodes do together, in cores',
    table(
      'connections | idle | events | positions | signals | hints | heads | all',
      now.map((at) => [at.connections, ...Object.values(at.node), sum(at.node)]),
    ),
    '### Limits on the way',
    table(
      'connections | streams of a node | polled each, s | all come back at 200/s, s | cores of PostgreSQL meanwhile | at 1,000/s, s | cores of PostgreSQL meanwhile | taken/s on the channel of all nodes | rows of presence read/s',
      now.map((at) => [
        at.connections,
        at.streams / at.nodes,
        at.round,
        ...[200, 1_000].flatMap((rate) => [
          at.perNode / rate,
          at.nodes * Math.min(rate, at.perNode) * input.hello_db * 1e-3,
        ]),
        at.everybody,
        at.changes * at.nodes,
      ]),
    ),
    `A node polls ${format(POLL / (input.head_db + input.head) / US)} streams in 1.5 s. The channel of all nodes takes ${input.busy * 100} % of one Redis core with ${most(input.publish_one, input.heard_one)} nodes, where presence changes all the time and each message is written by itself, and with ${most(input.publish_many, input.heard_many)}, where much leaves at once.`,
    '### With the three bottlenecks moved',
    table(
      'connections | nodes | cores of nodes | GiB of nodes | primaries | replicas for pages | cores of each | Redis shards | WAL GB/day | disk GB/day',
      moved.map((at) => [
        at.connections,
        at.nodes,
        needed(at.node),
        at.memory / GIB,
        servers(sum(at.database) - at.database.pages),
        servers(at.database.pages),
        input.db_cores,
        shards(at),
        at.wal / 1e9,
        at.disk / 1e9,
      ]),
    ),
    `Each primary has a standby besides. Assumed on top: heads are asked for ${MOVED.quiet} times less often; positions are stored in groups, at the cost of rows and messages in groups; ${MOVED.looking * 100} % of those online have the conversation open and get its signals; a change of presence is read by ${MOVED.watching} nodes; a page costs a third; a node has ${format(MOVED.per_node)} connections.`,
  ].join('\n\n');
}

function sum(parts) {
  return Object.values(parts).reduce((all, one) => all + one);
}

function needed(parts) {
  return sum(parts) / input.busy;
}

function servers(cores) {
  return Math.max(1, Math.ceil(cores / input.busy / input.db_cores));
}

/** Nodes that one channel joins, each telling all the others what it has to tell at most. */
function most(publish, heard) {
  return Math.floor(Math.sqrt(input.busy / ((1 / heard - 1 / publish) * HINTS)));
}

function shards(at) {
  const memory = at.channels / GIB / input.shard_gib;
  const [few, many] = at.redis.map((cores) =>
    Math.max(1, Math.ceil(cores / input.busy), Math.ceil(memory)),
  );
  return few === many ? few : `${few}–${many}`;
}

function obstacle(at) {
  const found = [
    needed(at.database) > input.db_most ? 'PostgreSQL' : '',
    at.round > POLL ? `polled each ${at.round} s` : '',
    at.everybody * (1 / input.heard_many - 1 / input.publish_many) > input.busy
      ? 'channel of all nodes'
      : '',
  ].filter((one) => one !== '');
  return found.length === 0 ? 'yes' : `no: ${found.join(', ')}`;
}

function table(head, rows) {
  const columns = head.split(' | ');
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(row.map(format))),
  ].join('\n');
}

/** Two digits that mean something, and whole numbers as they are. */
function format(value) {
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  if (value < 0.01) return '< 0.01';
  const rounded = Number(value.toPrecision(2));
  return rounded >= 10 ? rounded.toLocaleString('en-US') : String(rounded);
}
