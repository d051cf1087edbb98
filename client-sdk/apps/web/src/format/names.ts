const collators = new Map<string, Intl.Collator>();

/** Orders names as readers of the language expect: Chinese ones by pinyin. */
export function compareNames(locale: string): (a: string, b: string) => number {
  const language = locale.startsWith('zh') ? 'zh' : locale;
  let collator = collators.get(language);
  if (collator === undefined) {
    collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
    collators.set(language, collator);
  }
  return collator.compare;
}

/** The letters in an avatar: the last two characters of a Chinese name, else the initials. */
export function initials(name: string): string {
  const characters = Array.from(name.trim());
  if (/\p{Script=Han}/u.test(name)) return characters.slice(-2).join('');
  const words = name.trim().split(/\s+/u);
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0] ?? '');
  return letters.join('').toUpperCase();
}

const HUES = 12;

/** The same name always gets the same colour. */
export function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (sum % HUES) * (360 / HUES);
}
