import type { Refusal } from '../sdp/index.js';

/** Why nothing came of a description. */
export type DescriptionRefusal =
  | Refusal
  /** The plane has as many peers as it may have. */
  | { readonly refused: 'no_room' }
  /** An answer to no offer. */
  | { readonly refused: 'no_offer' };
