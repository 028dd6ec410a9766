import type { CodecCapability } from './codec-capability.js';
import { matchCodec } from './codec-match.js';
import { formatParameters } from './format-parameters.js';
import type { CodecLine } from './session-description.js';

/** A codec that both sides have agreed on. */
export interface NegotiatedCodec extends CodecLine {
  /** Repairs it (RFC 4588); null where there is none. */
  readonly rtxPayloadType: number | null;
}

/**
 * What of an offer's codecs is taken: the first that we know and what goes with it (RTX; RED around Opus), or all that we
 * know. In the order of the offer, which is the sender's wish.
 */
export function takeCodecs(
  offered: readonly CodecLine[],
  capabilities: readonly CodecCapability[],
  take: 'one' | 'all',
): NegotiatedCodec[] {
  const known = offered.flatMap((line) => takeCodec(line, offered, capabilities));
  const redFits = (codec: NegotiatedCodec) => !isRed(codec) || redOf(codec, known) !== null;
  const fitting = known.filter(redFits);
  if (take === 'all') return fitting;
  const main = fitting.find((codec) => !isRed(codec));
  return fitting.filter((codec) => codec === main || redOf(codec, known) === main?.payloadType);
}

/** The lines that an agreement is written as: each codec, and its RTX behind it. */
export function codecLines(codecs: readonly NegotiatedCodec[]): CodecLine[] {
  return codecs.flatMap(({ rtxPayloadType, ...codec }) => [
    codec,
    ...(rtxPayloadType === null ? [] : [rtxLine(rtxPayloadType, codec)]),
  ]);
}

function takeCodec(
  line: CodecLine,
  offered: readonly CodecLine[],
  capabilities: readonly CodecCapability[],
): NegotiatedCodec[] {
  for (const capability of capabilities) {
    const parameters = isRed(line) && isRed(capability) ? redParameters(line) : matchCodec(line, capability);
    if (parameters === null) continue;
    const feedback = line.feedback.filter((kind) => capability.feedback.includes(kind));
    return [{ ...line, parameters, feedback, rtxPayloadType: rtxOf(line, offered) }];
  }
  return [];
}

function isRed(codec: { readonly name: string }): boolean {
  return codec.name.toLowerCase() === 'red';
}

/** `111/111`: one payload type, as often as there may be copies (RFC 2198 §5). */
function redParameters({ clockRate, channels, parameters }: CodecLine): string | null {
  return clockRate === 48_000 && channels === 2 && /^(\d{1,3})(?:\/\1){0,8}$/.test(parameters) ? parameters : null;
}

/** The payload type that `codec` is RED around, when it is one of `known`; null for whatever is no RED. */
function redOf(codec: NegotiatedCodec, known: readonly NegotiatedCodec[]): number | null {
  const around = isRed(codec) ? Number(codec.parameters.split('/')[0]) : null;
  return known.some(({ payloadType, name }) => payloadType === around && name.toLowerCase() === 'opus') ? around : null;
}

function rtxOf(line: CodecLine, offered: readonly CodecLine[]): number | null {
  const rtx = offered.find(
    ({ name, clockRate, parameters }) =>
      name.toLowerCase() === 'rtx' &&
      clockRate === line.clockRate &&
      formatParameters(parameters).get('apt') === String(line.payloadType),
  );
  return rtx?.payloadType ?? null;
}

function rtxLine(payloadType: number, codec: CodecLine): CodecLine {
  const parameters = `apt=${codec.payloadType}`;
  return { payloadType, name: 'rtx', clockRate: codec.clockRate, channels: 1, parameters, feedback: [] };
}
