import type { ReceivedStream } from './negotiation.js';
import type { MediaSection, Rid, Simulcast } from './session-description.js';

/**
 * The streams that a section brings: one for each RID that is sent (RFC 8853), else one for each SSRC of a `SIM` group,
 * else the one that it names, or that will show itself. RTX comes from `FID` groups.
 */
export function receivedStreams(section: MediaSection): ReceivedStream[] {
  const rids = sentRids(section);
  if (rids.length > 0) return rids;
  const rtxSsrcs = new Map(groups(section, 'FID').map(([ssrc, rtx]) => [ssrc, rtx ?? null]));
  const repairs = new Set(rtxSsrcs.values());
  const simulcast = groups(section, 'SIM')[0];
  const first = section.sources.find(({ ssrc }) => !repairs.has(ssrc))?.ssrc;
  const ssrcs = simulcast ?? (first === undefined ? [null] : [first]);
  return ssrcs.map((ssrc) => ({
    rid: null,
    ssrc,
    rtxSsrc: ssrc === null ? null : (rtxSsrcs.get(ssrc) ?? null),
    paused: false,
  }));
}

/** What answers an offer of simulcast by RID: the same layers, to receive. */
export function answeredSimulcast(streams: readonly ReceivedStream[]): { rids: Rid[]; simulcast: Simulcast | null } {
  const ids = streams.flatMap(({ rid }) => (rid === null ? [] : [rid]));
  return {
    rids: ids.map((id) => ({ id, direction: 'recv', restrictions: '' })),
    simulcast: ids.length < 2 ? null : { send: [], recv: ids.map((id) => [id]) },
  };
}

/** Of alternatives the first is taken, and only what an `a=rid` line explains (RFC 8853 §5.2). */
function sentRids({ rids, simulcast }: MediaSection): ReceivedStream[] {
  const known = new Set(rids.filter(({ direction }) => direction === 'send').map(({ id }) => id));
  const offered = simulcast === null ? [...known].map((id) => [id]) : simulcast.send;
  const streams = offered.flatMap(([first]) => {
    const paused = first?.startsWith('~') ?? false;
    const rid = paused ? first!.slice(1) : first;
    return rid !== undefined && known.delete(rid) ? [{ rid, ssrc: null, rtxSsrc: null, paused }] : [];
  });
  return streams;
}

function groups(section: MediaSection, semantics: string): readonly (readonly number[])[] {
  return section.sourceGroups.filter((group) => group.semantics === semantics).map(({ ssrcs }) => ssrcs);
}
