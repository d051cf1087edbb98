import { Handle, type HandleContext } from './handle.js';

/** Conversations whose messages are kept though nobody looks at them. */
const IDLE = 20;

/** The handles: one object for one conversation, for ever; the messages of idle ones are let go. */
export class Handles {
  private readonly all = new Map<string, Handle>();

  constructor(private readonly context: HandleContext) {}

  of(id: string): Handle {
    let handle = this.all.get(id);
    if (handle) {
      // The order is that of the last use.
      this.all.delete(id);
    } else {
      handle = new Handle(id, this.context);
    }
    this.all.set(id, handle);
    this.trim();
    return handle;
  }

  get(id: string): Handle | undefined {
    return this.all.get(id);
  }

  values(): Iterable<Handle> {
    return this.all.values();
  }

  private trim(): void {
    if (this.all.size <= IDLE) return;
    const idle = [...this.all.values()].filter(({ holds, watched }) => holds && !watched);
    for (const handle of idle.slice(0, Math.max(0, idle.length - IDLE))) handle.drop(false);
  }
}
