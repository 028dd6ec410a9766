/**
 * The parameters of an `fmtp` text, `name=value;name=value`, names in lower case. The first of a name counts; what has no
 * `=` has an empty value.
 */
export function formatParameters(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name, value] = halves(part.trim(), '=');
    const key = name.toLowerCase();
    if (key !== '' && !parameters.has(key)) parameters.set(key, value);
  }
  return parameters;
}

/** What stands before and after the first `separator`; the second half is empty where there is none. */
export function halves(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
