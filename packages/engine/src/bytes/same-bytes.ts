/** Whether two byte strings are the same, in a time that depends on their lengths alone: for secrets. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let ix = 0; ix < a.length; ix++) difference |= a[ix]! ^ b[ix]!;
  return difference === 0;
}
