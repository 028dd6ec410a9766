/** The bytes of a text in UTF-8; half a surrogate pair becomes U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  const encoded = encodeURIComponent(
    text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
  );
  const bytes = new Uint8Array(encoded.replace(/%../g, ' ').length);
  let at = 0;
  for (let ix = 0; ix < encoded.length; ix++) {
    const isEscaped = encoded[ix] === '%';
    bytes[at++] = isEscaped ? Number.parseInt(encoded.slice(ix + 1, ix + 3), 16) : encoded.charCodeAt(ix);
    if (isEscaped) ix += 2;
  }
  return bytes;
}

/** The text of bytes in UTF-8; null when they are none. For short texts: it is not made to be fast. */
export function utf8Text(bytes: Uint8Array): string | null {
  let escaped = '';
  for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
  try {
    return decodeURIComponent(escaped);
  } catch {
    return null;
  }
}
