import type { CandidateFact } from './fact.js';

/** RFC 8839 §5.1: foundation, component, transport, priority, address, port, "typ", type. */
const LINE = /^(?:a=)?candidate:\S+ \d+ (udp|tcp) \d+ (\S+) (\d+) typ (host|srflx|prflx|relay)\b/i;

/** Reads a candidate as it travels; undefined on anything else, the empty one that ends a generation included. */
export function readCandidateLine(line: string): CandidateFact | undefined {
  const [, protocol, address, port, type] = LINE.exec(line) ?? [];
  if (protocol === undefined || address === undefined || type === undefined) return undefined;
  return {
    type: type.toLowerCase() as CandidateFact['type'],
    protocol: protocol.toLowerCase() as CandidateFact['protocol'],
    address,
    port: Number(port),
  };
}

/** The candidates that stand in a description, and whether it says that there will be no more. */
export function candidatesOf(sdp: string): { readonly candidates: readonly CandidateFact[]; readonly ended: boolean } {
  const lines = sdp.split(/\r?\n/);
  return {
    candidates: lines
      .filter((line) => line.startsWith('a=candidate:'))
      .flatMap((line) => readCandidateLine(line) ?? []),
    ended: lines.includes('a=end-of-candidates'),
  };
}

/** Equal for the same way to the same machine, however it became known. */
export function candidateKey({ type, protocol, address, port }: CandidateFact): string {
  return `${type} ${protocol} ${address} ${port}`;
}
