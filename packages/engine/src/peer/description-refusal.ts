import type { Refusal } from '../sdp/index.js';

/** Why nothing came of a description. */
export type DescriptionRefusal =
  | Refusal
  /** The plane has as many peers as it may have. */
  | { readonly refused: 'no_room' }
  /** An answer to no offer; an offer while the last one waits for its answer. */
  | { readonly refused: 'no_offer' | 'offer_pending' };
