const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;

/** The bytes of an IP address in text (`192.0.2.1`, `2001:db8::1`, `::ffff:192.0.2.1`); null when it is none. */
export function parseHost(text: string): Uint8Array | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Uint8Array | null {
  const parts = IPV4.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) ? Uint8Array.from(parts) : null;
}

function parseIpv6(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0]!);
  const tail = parseGroups(halves[1] ?? '');
  if (head === null || tail === null) return null;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return null;
  return Uint8Array.from([...head, ...new Array<number>(missing).fill(0), ...tail]);
}

/** The bytes of groups between colons, the last of which may be an IPv4 address. */
function parseGroups(text: string): number[] | null {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [ix, group] of groups.entries()) {
    const embedded = ix === groups.length - 1 ? parseIpv4(group) : null;
    if (embedded !== null) bytes.push(...embedded);
    else if (GROUP.test(group)) bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
    else return null;
  }
  return bytes;
}
