import { type PeerId, SERVER_PUBLISH, SERVER_SUBSCRIBE } from '@madang/client';
import type { InspectorTexts } from './inspector-texts.js';

/** What the other side of a connection is called: the media server has two, and a member's is the member's name. */
export function sideName(peer: PeerId, name: string, { served }: Pick<InspectorTexts, 'served'>): string {
  if (peer === SERVER_PUBLISH) return served.publish;
  return peer === SERVER_SUBSCRIBE ? served.subscribe : name;
}
