import type { Mentions, MessageDraft } from '@magpie/sdk';
import { mentionedIn, type Mentionable } from '../text/mentions';

interface Written {
  readonly text: string;
  /** A code snippet in this language; empty for none named. */
  readonly code: { readonly language: string } | undefined;
  readonly people: readonly Mentionable[];
  readonly replyTo: number | undefined;
  readonly thread: number | undefined;
}

const LANGUAGE = /^[A-Za-z0-9+#._-]{1,32}$/u;

/** What is sent for what was written. Code mentions nobody. */
export function composeDraft({ text, code, people, replyTo, thread }: Written): MessageDraft {
  const place = {
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(thread === undefined ? {} : { thread }),
  };
  if (code !== undefined) {
    const language = LANGUAGE.test(code.language) ? { language: code.language } : {};
    return { code: { text, ...language }, ...place };
  }
  const mentions = mentionsOf(text, people);
  return { text: text.trim(), ...(mentions === undefined ? {} : { mentions }), ...place };
}

/** `all` is the id of everybody; undefined where nobody is mentioned. */
export function mentionsOf(text: string, people: readonly Mentionable[]): Mentions | undefined {
  const ids = mentionedIn(text, people);
  const users = ids.filter((id) => id !== 'all').slice(0, 50);
  const all = ids.includes('all');
  if (users.length === 0 && !all) return undefined;
  return { ...(users.length > 0 ? { users } : {}), ...(all ? { all } : {}) };
}
