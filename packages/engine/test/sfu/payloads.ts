/** Payloads of each codec as its encoder writes them, as short as they can be. */

export interface Vp8Frame {
  readonly pictureId: number;
  readonly tl0: number;
  readonly temporalId: number;
  readonly sync: boolean;
  readonly keyframe: boolean;
  /** The packet's place in the frame, from 0. */
  readonly part?: number;
}

/** RFC 7741 §4.2 with a picture id of 15 bits, TL0PICIDX, TID and KEYIDX; keyframes say 320x240. */
export function vp8(frame: Vp8Frame): Uint8Array {
  const { pictureId, tl0, temporalId, sync, keyframe, part = 0 } = frame;
  const first = 0x80 | (part === 0 ? 0x10 : 0);
  const layer = (temporalId << 6) | (sync ? 0x20 : 0);
  const size = [0x9d, 0x01, 0x2a, 320 & 0xff, 320 >> 8, 240, 0];
  const body = part > 0 ? [part] : keyframe ? [0x10, 0, 0, ...size] : [0x11];
  return Uint8Array.from([first, 0xf0, 0x80 | (pictureId >> 8), pictureId & 0xff, tl0, layer, ...body]);
}

export interface Vp9Layer {
  readonly pictureId: number;
  readonly tl0: number;
  readonly temporalId: number;
  readonly spatialId: number;
  readonly up: boolean;
  readonly inter: boolean;
  readonly begins?: boolean;
  readonly ends?: boolean;
}

/** RFC 9628 §4.2, not flexible, with a picture id of 15 bits. */
export function vp9(layer: Vp9Layer): Uint8Array {
  const { begins = true, ends = true } = layer;
  const flags = 0x80 | (layer.inter ? 0x40 : 0) | 0x20 | (begins ? 0x08 : 0) | (ends ? 0x04 : 0);
  const indices =
    (layer.temporalId << 5) | (layer.up ? 0x10 : 0) | (layer.spatialId << 1) | (layer.spatialId > 0 ? 1 : 0);
  return Uint8Array.from([flags, 0x80 | (layer.pictureId >> 8), layer.pictureId & 0xff, indices, layer.tl0, 1]);
}

/** A dependency structure to write: for each template its layers, indications (by letter) and chain differences. */
export interface Structure {
  readonly targets: number;
  readonly protectedBy: readonly number[];
  readonly templates: readonly {
    readonly spatialId: number;
    readonly temporalId: number;
    /** One letter a target: `-` not present, D, S, R. */
    readonly indications: string;
    readonly chainDiffs: readonly number[];
  }[];
}

export interface Described {
  readonly begins: boolean;
  readonly ends: boolean;
  readonly template: number;
  readonly frameNumber: number;
  readonly structure?: Structure;
  readonly chainDiffs?: readonly number[];
}

/** A dependency descriptor (RTP Payload Format For AV1 A.8.1) without frame differences. */
export function dependencyDescriptor({
  begins,
  ends,
  template,
  frameNumber,
  structure,
  chainDiffs,
}: Described): Uint8Array {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(begins ? 1 : 0, 1);
  put(ends ? 1 : 0, 1);
  put(template, 6);
  put(frameNumber, 16);
  put(structure === undefined ? 0 : 1, 1);
  put(0, 3);
  put(chainDiffs === undefined ? 0 : 1, 1);
  if (structure !== undefined) putStructure(structure, put);
  for (const diff of chainDiffs ?? []) put(diff, 8);
  while (bits.length % 8 !== 0) bits.push(0);
  return Uint8Array.from({ length: bits.length / 8 }, (_, ix) => parseInt(bits.slice(ix * 8, ix * 8 + 8).join(''), 2));
}

function putStructure(
  { targets, protectedBy, templates }: Structure,
  put: (value: number, count: number) => void,
): void {
  put(0, 6);
  put(targets - 1, 5);
  templates.forEach(({ spatialId, temporalId }, ix) => {
    const next = templates[ix + 1];
    if (next === undefined) put(3, 2);
    else put(next.spatialId > spatialId ? 2 : next.temporalId > temporalId ? 1 : 0, 2);
  });
  for (const { indications } of templates) for (const letter of indications) put('-DSR'.indexOf(letter), 2);
  for (const _ of templates) put(0, 1);
  const chains = templates[0]!.chainDiffs.length;
  putBelow(chains, targets + 1, put);
  for (const chain of protectedBy) putBelow(chain, chains, put);
  for (const template of templates) for (const diff of template.chainDiffs) put(diff, 4);
  put(0, 1);
}

/** ns(n) of AV1 §4.10.7. */
function putBelow(value: number, limit: number, put: (value: number, count: number) => void): void {
  const width = Math.floor(Math.log2(limit)) + 1;
  const short = 2 ** width - limit;
  if (value < short) put(value, width - 1);
  else {
    const rest = value - short;
    put(short + (rest >> 1), width - 1);
    put(rest & 1, 1);
  }
}
