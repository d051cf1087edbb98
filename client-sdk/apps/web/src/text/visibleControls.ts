/**
 * Direction-changing and invisible characters make one name look like another (S-I06, CVE-2021-42574).
 * Names show each of them as a mark with its code point; message texts keep them but are isolated by
 * the browser (`unicode-bidi: isolate` and `dir="auto"`).
 */
const HIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

export function visibleName(name: string): string {
  return name.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}
