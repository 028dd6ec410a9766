import type { CodecCapability } from './codec-capability.js';
import type { NegotiatedCodec } from './negotiated-codec.js';

/** RFC 3551 §6. */
const STATIC: ReadonlyMap<string, number> = new Map([
  ['pcmu', 0],
  ['pcma', 8],
  ['g722', 9],
]);

/** First the dynamic range, then what else RTCP's types leave free (RFC 5761 §4). */
const DYNAMIC: readonly number[] = [...range(96, 127), ...range(35, 63)];

/**
 * The codecs as a server offers them: each with a payload type of its own, the same in every section and every offer of
 * every connection, as long as `capabilities` are the same. Those that no number is left for are left out.
 */
export function numberCodecs(capabilities: readonly CodecCapability[]): NegotiatedCodec[] {
  const free = [...DYNAMIC];
  const numbered = capabilities.flatMap((codec) => {
    const payloadType = STATIC.get(codec.name.toLowerCase()) ?? free.shift();
    const rtxPayloadType = codec.kind === 'video' ? (free.shift() ?? null) : null;
    if (payloadType === undefined) return [];
    const { name, clockRate, channels, parameters, feedback } = codec;
    return [{ payloadType, name, clockRate, channels, parameters, feedback, rtxPayloadType }];
  });
  const opus = numbered.find(({ name }) => name.toLowerCase() === 'opus')?.payloadType;
  return numbered.flatMap((codec) => {
    if (codec.name.toLowerCase() !== 'red') return [codec];
    return opus === undefined ? [] : [{ ...codec, parameters: `${opus}/${opus}` }];
  });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, ix) => from + ix);
}
