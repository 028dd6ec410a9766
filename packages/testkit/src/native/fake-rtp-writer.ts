import { FORM, TX } from '@madang/engine';
import { replacePictureIds } from './fake-picture-ids.js';

/** What a row refers to, looked up. */
export interface FakeRtpParts {
  readonly payload: Uint8Array;
  readonly extra: Uint8Array;
  readonly mid: string;
  readonly ids: { readonly mid?: number; readonly transportSeq?: number; readonly absSendTime?: number };
}

/** The RTP packet that a row describes, written the plain way. Fakes send at the time 0. */
export function writeFakeRtp(row: Int32Array, parts: FakeRtpParts): Uint8Array {
  const form = row[TX.FORM]!;
  const extensions = extensionBlock(row, parts);
  const isPadding = (form & FORM.PADDING) !== 0;
  const head = new DataView(new ArrayBuffer(12));
  head.setUint8(0, 0x80 | (extensions.length > 0 ? 0x10 : 0) | (isPadding ? 0x20 : 0));
  head.setUint8(1, row[TX.PAYLOAD_TYPE]!);
  head.setUint16(2, row[TX.SEQ16]!);
  head.setInt32(4, row[TX.RTP_TS]!);
  head.setInt32(8, row[TX.SSRC]!);
  const body = isPadding ? padding(row[TX.LENGTH]!) : payload(row, parts.payload);
  return Uint8Array.from([...new Uint8Array(head.buffer), ...extensions, ...body]);
}

function padding(bytes: number): Uint8Array {
  const zeros = new Uint8Array(bytes);
  zeros[bytes - 1] = bytes;
  return zeros;
}

function payload(row: Int32Array, bytes: Uint8Array): number[] {
  const form = row[TX.FORM]!;
  const copy = bytes.slice();
  if ((form & (FORM.PICTURE_ID | FORM.LAYER_IDS)) !== 0) replacePictureIds(row, copy);
  const original = row[TX.ORIGINAL_SEQ16]!;
  return [...((form & FORM.RTX) === 0 ? [] : [(original >> 8) & 0xff, original & 0xff]), ...copy];
}

function extensionBlock(row: Int32Array, { ids, mid, extra }: FakeRtpParts): number[] {
  const form = row[TX.FORM]!;
  const isTwoByte = (form & FORM.TWO_BYTE_EXTENSIONS) !== 0;
  const seq = row[TX.TRANSPORT_SEQ16]!;
  const elements: number[] = [];
  const add = (bit: number, id: number | undefined, data: readonly number[]) => {
    if ((form & bit) === 0 || !id) return;
    elements.push(...(isTwoByte ? [id, data.length] : [(id << 4) | (data.length - 1)]), ...data);
  };
  add(FORM.MID, ids.mid, [...Buffer.from(mid)]);
  add(FORM.TRANSPORT_SEQ, ids.transportSeq, [(seq >> 8) & 0xff, seq & 0xff]);
  add(FORM.ABS_SEND_TIME, ids.absSendTime, [0, 0, 0]);
  if ((form & FORM.EXTRA) !== 0) elements.push(...extra);
  if (elements.length === 0) return [];
  while (elements.length % 4 !== 0) elements.push(0);
  const words = elements.length / 4;
  return [...(isTwoByte ? [0x10, 0x00] : [0xbe, 0xde]), words >> 8, words & 0xff, ...elements];
}
