export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const CANDIDATE = /https?:\/\/[^\s<>"'`{}|\\^]+/giu;
/** Punctuation that ends a sentence rather than an address. */
const TRAILING = /[.,;:!?…。、]+$/u;

/** Cuts a text into plain parts and links. Only http and https become links, and only whole, well-formed addresses. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = trimEnd(match[0]);
    const href = httpAddress(address);
    if (href === undefined) continue;
    if (match.index > done) parts.push({ kind: 'text', text: text.slice(done, match.index) });
    parts.push({ kind: 'link', text: address, href });
    done = match.index + address.length;
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) });
  return parts;
}

/** Without the punctuation around it, and without a bracket that was opened before it. */
function trimEnd(candidate: string): string {
  let address = candidate;
  for (;;) {
    const shorter = address
      .replace(TRAILING, '')
      .replace(/[)\]]$/u, (close) => (isOpened(address, close) ? close : ''));
    if (shorter === address) return address;
    address = shorter;
  }
}

function isOpened(address: string, close: string): boolean {
  const open = close === ')' ? '(' : '[';
  return address.split(open).length >= address.split(close).length;
}

function httpAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href, hostname } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && hostname !== '' ? href : undefined;
}
