/** Characters that a terminal draws two columns wide (UAX #11: Wide and Fullwidth), and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Characters without a column of their own, and Hangul vowels and finals that join the syllable before them. */
const NARROWEST = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** How many columns of a terminal a text takes; colours take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(COLOUR, '')) {
    if (!NARROWEST.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** The text with spaces after it, up to that many columns. */
export function padDisplay(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}
