/** Calls `run` in the moment the page goes: closed, reloaded or left. The returned function ends that. Nothing in Node. */
export function whenPageGoes(run: () => void): () => void {
  const page = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
  page.addEventListener?.('pagehide', run);
  return () => page.removeEventListener?.('pagehide', run);
}
