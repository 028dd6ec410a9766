import type { InboundTrack } from '../../packages/engine/src/peer/index.js';
import { rtpPacket } from '../../packages/engine/src/rtp/index.js';
import { dependencyDescriptor } from '../../packages/engine/test/sfu/payloads.js';
import {
  AV1_SEEDS,
  H264_SEEDS,
  H265_SEEDS,
  OPUS_SEEDS,
  RED_SEEDS,
  VP8_SEEDS,
  VP9_SEEDS,
} from '../codec/payload-seeds.js';

const PAYLOADS: ReadonlyMap<string, readonly (readonly number[])[]> = new Map<string, readonly (readonly number[])[]>([
  ['VP8', VP8_SEEDS],
  ['VP9', VP9_SEEDS],
  ['AV1', AV1_SEEDS],
  ['H264', H264_SEEDS],
  ['H265', H265_SEEDS],
  ['OPUS', OPUS_SEEDS],
  ['RED', RED_SEEDS],
]);

const DESCRIPTOR = dependencyDescriptor({
  begins: true,
  ends: true,
  template: 0,
  frameNumber: 1,
  structure: {
    targets: 2,
    protectedBy: [0, 0],
    templates: [
      { spatialId: 0, temporalId: 0, indications: 'SS', chainDiffs: [0] },
      { spatialId: 0, temporalId: 1, indications: '-D', chainDiffs: [1] },
    ],
  },
});

function dataOf(name: string, mid: string, rid: string | null): Uint8Array | null {
  if (name === 'MID') return Uint8Array.from(Buffer.from(mid));
  if (name === 'RID' || name === 'REPAIRED_RID') return rid === null ? null : Uint8Array.from(Buffer.from(rid));
  if (name === 'AUDIO_LEVEL') return Uint8Array.of(0x94);
  if (name === 'TRANSPORT_SEQ') return Uint8Array.of(0xff, 0xfe);
  if (name === 'ABS_SEND_TIME') return Uint8Array.of(1, 2, 3);
  return name === 'DEPENDENCY_DESCRIPTOR' && DESCRIPTOR.length <= 16 ? DESCRIPTOR : null;
}

/** Packets of a track as its sender would make them, and retransmissions of them. */
export function packetSeeds({ mid, layers, agreement }: InboundTrack): Uint8Array[] {
  return agreement.codecs.flatMap(({ name, payloadType, rtxPayloadType }) =>
    (PAYLOADS.get(name.toUpperCase()) ?? []).flatMap((bytes, nth) => {
      const { rid } = layers[nth % layers.length]!;
      const extensions = agreement.extensions.flatMap((extension) => {
        const data = dataOf(extension.name, mid, rid);
        return data === null || extension.name === 'REPAIRED_RID' ? [] : [{ id: extension.id, data }];
      });
      const extensionForm = extensions.some(({ id }) => id > 14) ? ('two-byte' as const) : ('one-byte' as const);
      const shape = { seq16: nth, rtpTs: 3000 * nth, ssrc: 1000 + nth, extensionForm };
      const parts = { ...shape, payload: Uint8Array.from(bytes), extensions };
      const repeated = Uint8Array.of(0, nth, ...bytes);
      return [
        rtpPacket({ ...parts, payloadType, marker: nth % 2 === 0 }),
        rtpPacket({ ...parts, payloadType, extensions: [], paddingBytes: nth }),
        ...(rtxPayloadType === null ? [] : [rtpPacket({ ...parts, payloadType: rtxPayloadType, payload: repeated })]),
      ];
    }),
  );
}
