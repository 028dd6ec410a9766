/** A name that no other tab has. Works on plain http, too, where there is no `randomUUID`. */
export function liveId(): string {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((word) => word.toString(36)).join('-');
}
