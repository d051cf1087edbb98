/**
 * Texts of my messages that this page has shown, so that a recalled one can be written again. The
 * server keeps nothing of a recalled message, and neither does this after the page is closed.
 */
const texts = new Map<string, string>();
const MOST = 200;

const key = (conversation: string, seq: number) => `${conversation} ${seq}`;

export function rememberText(conversation: string, seq: number, text: string): void {
  const at = key(conversation, seq);
  texts.delete(at);
  texts.set(at, text);
  for (const oldest of texts.keys()) {
    if (texts.size <= MOST) break;
    texts.delete(oldest);
  }
}

export function recalledText(conversation: string, seq: number): string | undefined {
  return texts.get(key(conversation, seq));
}

/** Another person may log in on this page. */
export function forgetTexts(): void {
  texts.clear();
}
