import type { Forwarding, Reception } from '@madang/client';

/** What is to be said about a picture that is not as good as it could be. */
export type PictureNote =
  /** Nothing comes at all. */
  | { readonly at: 'paused'; readonly why: 'bandwidth' | 'audio-only' | 'other' }
  /** It comes in a lower quality than there is, for a reason that somebody can do something about. */
  | { readonly at: 'lowered'; readonly why: 'wish' | 'bandwidth' | 'cpu' | 'publisher' };

/**
 * What to say of a picture that the media server sends so. Nothing where it is as good as can be seen, and where nobody
 * but the browser and the other member has a say. `publisher` is worth a word only where the picture is large.
 */
export function pictureNote(
  forwarding: Forwarding | undefined,
  reception: Reception,
  isLarge: boolean,
): PictureNote | undefined {
  if (forwarding === undefined) return undefined;
  const { layer, reason } = forwarding;
  if (layer === null) {
    if (reason === 'paused' && reception === 'audio-only') return { at: 'paused', why: 'audio-only' };
    return { at: 'paused', why: reason === 'bandwidth' ? 'bandwidth' : 'other' };
  }
  if (reason === 'bandwidth' || reason === 'cpu') return { at: 'lowered', why: reason };
  if (reason === 'wish' && reception === 'low') return { at: 'lowered', why: 'wish' };
  return reason === 'publisher' && isLarge ? { at: 'lowered', why: 'publisher' } : undefined;
}
