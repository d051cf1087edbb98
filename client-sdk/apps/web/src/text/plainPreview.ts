import { toPlainText } from './toPlainText';
import { parseMarkdown } from './parseMarkdown';

/** One line without marks, for the list of conversations, quotes and pins. */
export function plainPreview(text: string, length = 120): string {
  // A long text needs no full parse for its first line.
  const start = text.slice(0, length * 4);
  const line = toPlainText(parseMarkdown(start)).replaceAll(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : line;
}
