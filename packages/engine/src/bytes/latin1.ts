/** The bytes of a text, one a character: for texts of characters up to U+00FF. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let ix = 0; ix < text.length; ix++) bytes[ix] = text.charCodeAt(ix);
  return bytes;
}

/** A text with one character for each byte: different bytes give different texts, so that it may be a key. */
export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let ix = 0; ix < bytes.length; ix++) text += String.fromCharCode(bytes[ix]!);
  return text;
}
