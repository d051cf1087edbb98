// Appends the lines of a history to a file. The format is io.magpie.faults.history.Line.
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

const FLUSH_MS = 50;

/** Microseconds of the machine's monotonic clock, the same as in every other process of it. */
export function now() {
  return Number(process.hrtime.bigint() / 1000n);
}

/** What stands for the text of a message. */
export function hash(text) {
  return createHash('sha1').update(text).digest('hex').slice(0, 12);
}

export class History {
  lines = 0;
  #file;
  #waiting = [];
  #timer;

  constructor(path) {
    this.#file = openSync(path, 'a');
    this.#timer = setInterval(() => this.flush(), FLUSH_MS);
  }

  /** `t` is now unless the fields say something else. */
  line(op, fields) {
    this.lines++;
    const t = now();
    this.#waiting.push(JSON.stringify({ t, at: new Date().toISOString(), op, ...fields }));
  }

  flush() {
    if (this.#waiting.length === 0) return;
    const text = `${this.#waiting.join('\n')}\n`;
    this.#waiting = [];
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }

  close() {
    clearInterval(this.#timer);
    this.flush();
    closeSync(this.#file);
  }
}
