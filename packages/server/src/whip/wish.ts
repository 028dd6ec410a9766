import type { ViewWish } from '@madang/engine';
import { z } from 'zod';

const Layer = z.number().int().min(0).max(7);
const Pixels = z.number().int().min(1).max(16_384);

/** What a viewer may wish for. `member` is an id or a name. */
export const Wish = z.strictObject({
  member: z.string().min(1).max(64).optional(),
  layer: Layer.optional(),
  temporalLayer: Layer.optional(),
  maxWidth: Pixels.optional(),
  maxHeight: Pixels.optional(),
  paused: z.boolean().optional(),
});
export type Wish = z.infer<typeof Wish>;

/** Changes of a wish: what is absent stays, null takes it back (JSON Merge Patch, RFC 7396). */
export const WishChange = z.strictObject({
  member: Wish.shape.member.nullable(),
  layer: Wish.shape.layer.nullable(),
  temporalLayer: Wish.shape.temporalLayer.nullable(),
  maxWidth: Wish.shape.maxWidth.nullable(),
  maxHeight: Wish.shape.maxHeight.nullable(),
  paused: Wish.shape.paused.nullable(),
});
export type WishChange = z.infer<typeof WishChange>;

const WISH_NAMES = new Set(Object.keys(Wish.shape));
const NUMBERS = new Set(['layer', 'temporalLayer', 'maxWidth', 'maxHeight']);

/** Reads a wish from a query; what is none of its names is left alone. A string says what is wrong. */
export function wishOf(query: URLSearchParams): Wish | string {
  const written: Record<string, unknown> = {};
  for (const [name, text] of query) {
    if (WISH_NAMES.has(name)) written[name] = readValue(name, text);
  }
  const read = Wish.safeParse(written);
  return read.success ? read.data : faultOf(read.error);
}

/** Which field of a wish is wrong, and how. */
export function faultOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'The wish'}: ${issue?.message ?? 'not understood'}`;
}

function readValue(name: string, text: string): unknown {
  if (NUMBERS.has(name)) return /^\d{1,6}$/.test(text) ? Number(text) : text;
  if (name === 'paused') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/** The same in the words of the media server but for `member`, which the caller resolves. */
export function viewWishOf<N extends null | undefined>(
  wish: {
    readonly [K in keyof Wish]?: Wish[K] | N;
  },
): { readonly [K in keyof ViewWish]: ViewWish[K] | N } {
  const { layer, temporalLayer, member: _, ...same } = wish;
  return {
    ...same,
    ...(layer !== undefined && { maxLayer: layer }),
    ...(temporalLayer !== undefined && { maxTemporal: temporalLayer }),
  };
}
