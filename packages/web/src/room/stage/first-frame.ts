const NAME = 'madang:first-remote-frame';

/** Notes on the browser's timeline when somebody else was first seen since the last click on Join. */
export function markFirstRemoteFrame(): void {
  const joined = performance.getEntriesByName('madang:join-click').at(-1)?.startTime ?? 0;
  const seen = performance.getEntriesByName(NAME).at(-1)?.startTime ?? -1;
  if (seen < joined) performance.mark(NAME);
}
