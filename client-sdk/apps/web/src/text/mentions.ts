/** Somebody who can be mentioned, by the name that stands in the text after `@`. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
}

export interface MentionQuery {
  /** Where the `@` stands. */
  readonly start: number;
  readonly query: string;
}

const BEFORE_AT = /[\p{L}\p{N}._-]/u;
const LONGEST_QUERY = 32;

/** What is typed after an `@` up to the caret; undefined outside a mention, as in `name@host`. */
export function mentionQueryAt(text: string, caret: number): MentionQuery | undefined {
  const before = text.slice(Math.max(0, caret - LONGEST_QUERY - 1), caret);
  const at = before.lastIndexOf('@');
  if (at < 0) return undefined;
  const query = before.slice(at + 1);
  if (/\s/u.test(query)) return undefined;
  const start = caret - before.length + at;
  const previous = text.slice(0, start).at(-1);
  // Chinese is written without spaces, so a Han character may stand right before `@`.
  if (previous !== undefined && BEFORE_AT.test(previous) && !/\p{Script=Han}/u.test(previous))
    return undefined;
  return { start, query };
}

/** Puts `@name ` in place of the query; answers the new text and where the caret goes. */
export function insertMention(text: string, caret: number, found: MentionQuery, name: string) {
  const inserted = `@${name} `;
  return {
    text: text.slice(0, found.start) + inserted + text.slice(caret),
    caret: found.start + inserted.length,
  };
}

/** Of the people who could be meant, those whose `@name` stands in the text, each once. */
export function mentionedIn(text: string, people: readonly Mentionable[]): string[] {
  const ids = splitMentions(text, people).flatMap((part) => part.mention ?? []);
  return [...new Set(ids)];
}

export interface TextPart {
  readonly text: string;
  /** The id of the mentioned user; `all` for everybody; undefined for plain text. */
  readonly mention?: string;
}

/** Cuts a text at the `@name`s of the people given, the longest name first (张伟 before 张). */
export function splitMentions(text: string, people: readonly Mentionable[]): TextPart[] {
  const byLength = people.toSorted((a, b) => b.name.length - a.name.length);
  const parts: TextPart[] = [];
  let plainFrom = 0;
  let at = text.indexOf('@');
  while (at >= 0) {
    const found = byLength.find((one) => one.name !== '' && text.startsWith(one.name, at + 1));
    const end = found === undefined ? at + 1 : at + 1 + found.name.length;
    if (found !== undefined) {
      if (at > plainFrom) parts.push({ text: text.slice(plainFrom, at) });
      parts.push({ text: text.slice(at, end), mention: found.id });
      plainFrom = end;
    }
    at = text.indexOf('@', end);
  }
  if (plainFrom < text.length) parts.push({ text: text.slice(plainFrom) });
  return parts;
}
