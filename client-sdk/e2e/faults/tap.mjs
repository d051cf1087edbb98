// Looks at the frames of one device without changing them: what the server pushed and in which order,
// and what became of each transmission of a send. The SDK hides both from applications.
import { WebSocket } from 'ws';
import { now } from './history.mjs';

const SEND = '"message.send"';
const MAX_FRAME = 16 * 1024 * 1024;
/** Refusals that say that nothing was written, though trying again may help. */
const NOTHING_WRITTEN = new Set(['rate_limited', 'overloaded']);

/** A WebSocket class for the SDK, that tells `device` what goes through. */
export function tapped(device) {
  return class Tapped extends WebSocket {
    #sends = new Map();
    #pushed = new Map();

    constructor(url, protocols) {
      super(url, protocols, { perMessageDeflate: false, maxPayload: MAX_FRAME });
      device.socket = this;
      this.on('message', (data) => device.socket === this && this.#received(String(data)));
      this.on('close', (code) => {
        if (device.socket === this) device.closeCode = code;
      });
    }

    send(text, ...rest) {
      if (text.includes(SEND)) this.#asked(JSON.parse(text));
      super.send(text, ...rest);
    }

    /** The connection is gone: nobody knows what became of what was open. */
    lost() {
      for (const [id] of this.#sends) this.#ended(id, 'info', 'disconnected');
    }

    #asked({ type, id, op, params }) {
      if (type !== 'request' || op !== 'message.send') return;
      this.#sends.set(id, { clientId: params.clientId, begun: now() });
      device.tried(params.clientId);
    }

    #ended(id, phase, code) {
      const { clientId, begun } = this.#sends.get(id);
      this.#sends.delete(id);
      device.line('try', { phase, clientId, micros: now() - begun, code });
    }

    #received(text) {
      const frame = JSON.parse(text);
      switch (frame.type) {
        case 'welcome':
          device.up(frame);
          this.#begin(frame.streams);
          break;
        case 'streams':
          this.#begin(frame.streams);
          break;
        case 'resync_required':
          this.#pushed.delete(frame.stream);
          break;
        case 'events':
          for (const event of frame.events) this.#event(event);
          break;
        case 'signals':
          for (const { kind, presence } of frame.signals)
            if (kind === 'presence') device.shown(presence);
          break;
        case 'reply':
          if (this.#sends.has(frame.id)) this.#answered(frame);
          break;
        default:
      }
    }

    #answered({ id, ok, error }) {
      if (ok) this.#ended(id, 'ok');
      else {
        const sure = !error.retryable || NOTHING_WRITTEN.has(error.code);
        this.#ended(id, sure ? 'fail' : 'info', error.code);
      }
    }

    /** Everything after `after` will be pushed on this connection, in order. */
    #begin(streams) {
      for (const { stream, kind, after } of streams) {
        this.#pushed.set(stream, after);
        if (kind === 'inbox') device.inbox(stream, after);
      }
    }

    #event({ stream, seq, kind, data }) {
      const last = this.#pushed.get(stream);
      if (last === undefined) device.line('wire', { stream, seq, last: 0, what: 'first' });
      if (last !== undefined && seq <= last) {
        device.line('wire', { stream, seq, last, what: 'duplicate' });
        return;
      }
      if (last !== undefined && seq > last + 1) {
        device.line('wire', { stream, seq, last, what: 'gap' });
      }
      // After a removal the next number is that of the next membership.
      if (kind === 'member.removed' && data.user === device.user.id) this.#pushed.delete(stream);
      else this.#pushed.set(stream, seq);
    }
  };
}
