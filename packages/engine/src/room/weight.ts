const PER_VALUE_BYTES = 16;

/**
 * About how many bytes of memory a plain value takes, stopping as soon as `enough` is reached. A string counts one byte
 * per UTF-16 unit, keys included, which is half of the truth outside Latin-1. Values nested deeper than the call stack, or
 * in a circle, do it no harm.
 */
export function weigh(value: unknown, enough: number): number {
  const open: unknown[] = [value];
  let bytes = 0;
  while (open.length > 0 && bytes < enough) {
    const next = open.pop();
    bytes += PER_VALUE_BYTES;
    if (typeof next === 'string') bytes += next.length;
    else if (ArrayBuffer.isView(next) || next instanceof ArrayBuffer) bytes += next.byteLength;
    else if (typeof next === 'object' && next !== null) bytes += openObject(next, open);
  }
  return Math.min(bytes, enough);
}

/** Puts the properties of `object` on the pile and returns the weight of their names. */
function openObject(object: object, open: unknown[]): number {
  if (Array.isArray(object)) {
    for (const item of object) open.push(item);
    return 0;
  }
  let bytes = 0;
  for (const key in object) {
    bytes += key.length;
    open.push((object as Record<string, unknown>)[key]);
  }
  return bytes;
}
