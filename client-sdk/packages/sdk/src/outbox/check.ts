import type { Limits, MessageSendParams, SendableBody } from '../generated/contract.js';
import type { MessageDraft } from '../api/conversation.js';
import { failure } from '../util/failure.js';

/** The limits of the contract, until the server has told its own. */
const DEFAULTS = { messageCodePoints: 8_000, messageBytes: 32_768 };

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Refuses what the server would refuse, with its codes, before it is queued: such a message would
 * only fail later.
 */
export function checkText(text: string, limits: Partial<Limits> = {}): void {
  const { messageCodePoints, messageBytes } = { ...DEFAULTS, ...limits };
  const field = { field: 'body.text' };
  if (text.trim() === '') throw failure('invalid_field', 'The text is empty.', field);
  if (text.includes('\0') || LONE_SURROGATE.test(text)) {
    throw failure('invalid_text', 'The text holds characters that cannot be stored.', field);
  }
  // A code point has at most two units, so most texts need no counting.
  const long = text.length > messageCodePoints && [...text].length > messageCodePoints;
  if (long || new TextEncoder().encode(text).length > messageBytes) {
    throw failure('text_too_long', 'The text is too long.', field);
  }
}

/** The parameters of a send, checked. */
export function paramsOf(
  conversation: string,
  clientId: string,
  draft: MessageDraft,
  limits: Limits | undefined,
): MessageSendParams {
  const body = bodyOf(draft);
  checkText(body.text, limits);
  return {
    conversation,
    clientId,
    body,
    ...(draft.mentions ? { mentions: draft.mentions } : {}),
    ...(draft.replyTo === undefined ? {} : { replyTo: draft.replyTo }),
    ...(draft.thread === undefined ? {} : { thread: draft.thread }),
  };
}

function bodyOf({ text, code }: MessageDraft): SendableBody {
  if (code) {
    const language = code.language ? { language: code.language } : {};
    return { type: 'code', text: code.text, ...language };
  }
  if (text === undefined)
    throw failure('missing_field', 'There is no text.', { field: 'body.text' });
  return { type: 'text', text };
}
