import type { Peer } from '../peer/index.js';
import { FORM } from '../ports/index.js';
import { EXTENSION, ExtensionIds } from '../rtp/index.js';
import type { MediaAgreement, SessionDescription } from '../sdp/index.js';
import type { Viewer } from '../sfu/index.js';

/** How rows to a viewer have to look, by what it has agreed to; `others` of the same room may share their ids with it. */
export function viewerForm(
  peer: Peer,
  { extmapAllowMixed }: SessionDescription,
  cname: string,
  others: Iterable<{ readonly viewer: Viewer | null }>,
): Viewer {
  const own = idsOf(peer);
  const same = [...others]
    .map(({ viewer }) => viewer?.extensionIds)
    .find((ids) => ids !== undefined && isSame(ids, own));
  const extensionIds = same ?? own;
  const form =
    (extensionIds.idOf(EXTENSION.TRANSPORT_SEQ) > 0 ? FORM.TRANSPORT_SEQ : 0) |
    (extensionIds.idOf(EXTENSION.ABS_SEND_TIME) > 0 ? FORM.ABS_SEND_TIME : 0);
  const { planeIx, sending } = peer;
  return { planeIx, sending, cname, extensionIds, takesTwoByteExtensions: extmapAllowMixed, form };
}

function idsOf({ negotiation }: Peer): ExtensionIds {
  const ids = new ExtensionIds();
  for (const section of negotiation?.sections ?? []) {
    if (section.type === 'media') for (const { name, id } of section.extensions) ids.set(EXTENSION[name], id);
  }
  return ids;
}

function isSame(a: ExtensionIds, b: ExtensionIds): boolean {
  return Object.values(EXTENSION).every((extension) => a.idOf(extension) === b.idOf(extension));
}

/** The sections in which a connection is sent something. */
export function sentSections({ negotiation }: Peer): MediaAgreement[] {
  const sections = negotiation?.sections ?? [];
  return sections.flatMap((section) => (section.type === 'media' && section.sent !== null ? [section] : []));
}
