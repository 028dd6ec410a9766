/** Leaves a mark on the browser's performance timeline; `docs/sdk.md` lists them. */
export function mark(name: string): void {
  globalThis.performance?.mark?.(name);
}
