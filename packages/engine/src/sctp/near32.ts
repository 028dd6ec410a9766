/** The 32 bits of a number on the wire as a number that goes on past 2^32: the one that is nearest to `near`. */
export function near32(near: number, bits: number): number {
  return near + ((bits - (near >>> 0)) | 0);
}
