import { type FakeDescription, intersection, reversed } from './fake-description.js';
import type { FakeTransceiver } from './fake-transceiver.js';

/**
 * Whether `transceivers`, or a first data channel, differ from what was agreed on last: "check if negotiation is needed",
 * W3C WebRTC §4.7.3.
 */
export function isNegotiationNeeded(
  transceivers: readonly FakeTransceiver[],
  wantsData: boolean,
  agreed: { readonly local: FakeDescription; readonly remote: FakeDescription } | undefined,
): boolean {
  if (wantsData && agreed?.local.data !== true) return true;
  return transceivers.some(({ mid, direction }) => {
    const local = agreed?.local.sections.find((section) => section.mid === mid);
    const remote = agreed?.remote.sections.find((section) => section.mid === mid);
    if (local === undefined || remote === undefined) return true;
    if (agreed!.local.type === 'answer') return local.direction !== intersection(reversed(remote.direction), direction);
    return local.direction !== direction && reversed(remote.direction) !== direction;
  });
}
