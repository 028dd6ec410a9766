/** What of a section counts for the connection as a whole. */
const OF_TRANSPORT = /^a=(?:ice-ufrag|ice-pwd|ice-options|fingerprint|setup|rtcp|candidate|end-of-candidates)(?::|$)/;

/**
 * An answer that says once what counts for all sections of its connection: in the first section of its BUNDLE group.
 * Browsers say it in each, though RFC 9143 §7.1.3 wants it in that one alone; for a room of a hundred it is a third of
 * the text.
 */
export function withoutRepeats(sdp: string): string {
  const [session = '', ...sections] = sdp.split(/(?=^m=)/m);
  const [tagged, ...others] = /^a=group:BUNDLE (.*?)\r?$/m.exec(session)?.[1]?.split(' ') ?? [];
  if (tagged === undefined) return sdp;
  const repeats = new Set(others);
  return [
    session,
    ...sections.map((section) => (repeats.has(midOf(section)) ? withoutTransport(section) : section)),
  ].join('');
}

function midOf(section: string): string {
  return /^a=mid:(.*?)\r?$/m.exec(section)?.[1] ?? '';
}

function withoutTransport(section: string): string {
  return section
    .split(/(?<=\n)/)
    .filter((line) => !OF_TRANSPORT.test(line.trimEnd()))
    .join('');
}
