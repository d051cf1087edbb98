// What the people of a run do: they send, look for what they sent, leave and come back.

const TICK_MS = 20;
/** Somebody with so many messages on their way waits. */
const OPEN = 5;

export class Load {
  sent = 0;
  held = 0;
  churned = 0;
  #timer;
  #churning = new Set();

  /** @param run devices, conversations, random, nodes, history */
  constructor(run) {
    this.run = run;
  }

  /**
   * @param rate sends per second
   * @param bytes length of a text
   * @param conversations ids; all by default
   * @param readBack share of acknowledged messages that are looked for on some node
   */
  start({ rate, bytes = 40, conversations, readBack = 0.02 }) {
    this.stop();
    const { run } = this;
    const chosen = run.conversations.filter(({ id }) => conversations?.includes(id) ?? true);
    let due = 0;
    let last = performance.now();
    this.#timer = setInterval(() => {
      const time = performance.now();
      due = Math.min(rate, due + ((time - last) * rate) / 1000);
      last = time;
      for (; due >= 1; due--) this.#send(run.random.pick(chosen), bytes, readBack);
    }, TICK_MS);
  }

  stop() {
    clearInterval(this.#timer);
    for (const timer of this.#churning) clearInterval(timer);
    this.#churning.clear();
  }

  /** Removes somebody from a conversation each `everyMs` and takes them back after `awayMs`. */
  churn({ everyMs, awayMs = everyMs, conversations }) {
    const { run } = this;
    const chosen = run.conversations.filter(({ id }) => conversations?.includes(id) ?? true);
    this.#churning.add(
      setInterval(() => void this.#move(run.random.pick(chosen), awayMs), everyMs),
    );
  }

  #send(conversation, bytes, readBack) {
    const { run } = this;
    const writers = run
      .devicesOf(conversation)
      .filter((one) => !one.away && one.held.has(conversation.id) && one.open.size < OPEN);
    if (writers.length === 0) {
      this.held++;
      return;
    }
    this.sent++;
    const text = `${this.sent} ${run.random.next()} `.padEnd(bytes, '鹊桥 ').slice(0, bytes);
    void run.random
      .pick(writers)
      .send(conversation.id, text)
      .then((sent) => {
        if (sent && run.random.next() < readBack) this.#readBack(conversation, sent);
      });
  }

  #readBack({ owner }, sent) {
    const { run } = this;
    const node = run.random.pick(run.nodes.all);
    const token = run.devices.find(({ user }) => user.id === owner)?.token;
    if (token) void run.nodes.readBack(node, token, sent, run.history);
  }

  async #move(conversation, awayMs) {
    const { run } = this;
    const owner = run.devices.find(({ user }) => user.id === conversation.owner);
    const others = conversation.members.filter((id) => id !== conversation.owner);
    const user = run.random.pick(others);
    if (!owner || !user || conversation.moving) return;
    conversation.moving = true;
    const room = owner.client.conversation(conversation.id);
    try {
      const removed = await insist(() => room.remove(user));
      if (removed) run.history.line('remove', { user, stream: conversation.id, seq: removed.seq });
      await new Promise((done) => setTimeout(done, run.random.next() * awayMs));
      await insist(() => room.invite([user]));
      this.churned++;
    } finally {
      conversation.moving = false;
    }
  }
}

/** Both changes are idempotent: asked again until the server has answered, which is returned. */
async function insist(change) {
  for (let i = 0; i < 20; i++) {
    try {
      return await change();
    } catch (error) {
      if (!error.retryable) return undefined;
      await new Promise((done) => setTimeout(done, error.retryAfterMs ?? 300));
    }
  }
  return undefined;
}
