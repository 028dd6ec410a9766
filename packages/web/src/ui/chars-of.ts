/** Characters of `text` as the limits of the protocol count them: Unicode code points, so an emoji counts once. */
export function charsOf(text: string): number {
  let chars = 0;
  for (const _ of text) chars += 1;
  return chars;
}
