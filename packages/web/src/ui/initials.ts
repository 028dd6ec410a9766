/**
 * Two letters or syllables that stand for a person: the given name of a Korean name (its last two syllables), the first
 * letters of the first and last word of another.
 */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0] ?? '';
  if (/^\p{Script=Hangul}+$/u.test(words.join(''))) return symbols(first.normalize('NFC')).slice(-2).join('');
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return (symbols(first)[0] ?? '?').toLocaleUpperCase() + (symbols(last)[0] ?? '').toLocaleUpperCase();
}

/** What is read as one sign, however many code units it takes (a family of emoji, a letter with marks). */
function symbols(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}

const HUES = [22, 48, 92, 150, 178, 205, 262, 325];

/** A colour angle that stays the same for a name. */
export function hueOf(name: string): number {
  let sum = 7;
  for (const symbol of name) sum = (sum * 31 + (symbol.codePointAt(0) ?? 0)) >>> 0;
  return HUES[sum % HUES.length] ?? 22;
}
