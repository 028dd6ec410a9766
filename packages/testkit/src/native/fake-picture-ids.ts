import { FORM, TX } from '@madang/engine';

/** Writes picture id and layer ids of a row into a VP8 (RFC 7741 §4.2) or VP9 (RFC 9628 §4.2) descriptor, where they stand. */
export function replacePictureIds(row: Int32Array, payload: Uint8Array): void {
  if ((row[TX.FORM]! & FORM.VP9) !== 0) replaceInVp9(row, payload);
  else replaceInVp8(row, payload);
}

function replaceInVp8(row: Int32Array, payload: Uint8Array): void {
  const fields = payload.length >= 2 && (payload[0]! & 0x80) !== 0 ? payload[1]! : 0;
  let at = 2;
  if ((fields & 0x80) !== 0) at = replacePictureId(row, payload, at);
  if ((row[TX.FORM]! & FORM.LAYER_IDS) === 0) return;
  const layerIds = row[TX.LAYER_IDS]!;
  if ((fields & 0x40) !== 0 && at < payload.length) payload[at++] = layerIds & 0xff;
  if ((fields & 0x10) !== 0 && at < payload.length) payload[at] = (payload[at]! & 0xe0) | ((layerIds >> 8) & 0x1f);
}

function replaceInVp9(row: Int32Array, payload: Uint8Array): void {
  const fields = payload[0] ?? 0;
  const at = (fields & 0x80) !== 0 ? replacePictureId(row, payload, 1) : 1;
  const hasIndex = (fields & 0x20) !== 0 && (fields & 0x10) === 0;
  if ((row[TX.FORM]! & FORM.LAYER_IDS) !== 0 && hasIndex && at + 1 < payload.length)
    payload[at + 1] = row[TX.LAYER_IDS]! & 0xff;
}

/** Where the next field begins; past the end when the picture id is cut off. */
function replacePictureId(row: Int32Array, payload: Uint8Array, at: number): number {
  if (at >= payload.length) return payload.length;
  const isLong = (payload[at]! & 0x80) !== 0;
  if (isLong && at + 1 >= payload.length) return payload.length;
  const pictureId = row[TX.PICTURE_ID]!;
  if ((row[TX.FORM]! & FORM.PICTURE_ID) !== 0) {
    payload[at] = isLong ? 0x80 | ((pictureId >> 8) & 0x7f) : pictureId & 0x7f;
    if (isLong) payload[at + 1] = pictureId & 0xff;
  }
  return at + (isLong ? 2 : 1);
}
