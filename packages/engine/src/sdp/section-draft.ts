import type { Candidate } from './candidate.js';
import type { Direction } from './direction.js';
import type {
  CodecLine,
  ExtensionLine,
  Fingerprint,
  MediaSection,
  Msid,
  Rid,
  Setup,
  Simulcast,
  SourceGroup,
  TransportLines,
} from './session-description.js';

interface RtpMap {
  readonly name: string;
  readonly clockRate: number;
  readonly channels: number;
}

/** Payload types that need no `rtpmap` (RFC 3551 §6), of those that we know. */
const STATIC_MAPS: ReadonlyMap<string, RtpMap> = new Map([
  ['0', { name: 'PCMU', clockRate: 8000, channels: 1 }],
  ['8', { name: 'PCMA', clockRate: 8000, channels: 1 }],
  ['9', { name: 'G722', clockRate: 8000, channels: 1 }],
]);

/** Lines of the transport while they are read. */
export class TransportDraft {
  iceUfrag: string | null = null;
  icePwd: string | null = null;
  iceOptions: readonly string[] = [];
  readonly fingerprints: Fingerprint[] = [];
  setup: Setup | null = null;

  /** With those of the session where there is none here (RFC 8839 §5.4, RFC 8122 §5). */
  finish(session: TransportDraft): TransportLines {
    const own = this.iceUfrag !== null || this.icePwd !== null;
    return {
      iceUfrag: own ? this.iceUfrag : session.iceUfrag,
      icePwd: own ? this.icePwd : session.icePwd,
      iceOptions: [...new Set([...session.iceOptions, ...this.iceOptions])],
      fingerprints: this.fingerprints.length > 0 ? this.fingerprints : session.fingerprints,
      setup: this.setup ?? session.setup,
    };
  }
}

/** One section while it is read. What belongs together stands in many lines, in any order. */
export class SectionDraft {
  mid: string | null = null;
  direction: Direction | null = null;
  readonly transport = new TransportDraft();
  rtcpMux = false;
  rtcpReducedSize = false;
  bundleOnly = false;
  readonly maps = new Map<string, RtpMap>();
  readonly parameters = new Map<string, string>();
  /** By payload type, or `*` for all. */
  readonly feedback = new Map<string, string[]>();
  readonly extensions: ExtensionLine[] = [];
  readonly rids: Rid[] = [];
  simulcast: Simulcast | null = null;
  readonly sources = new Map<number, { cname: string | null; msid: Msid | null }>();
  readonly sourceGroups: SourceGroup[] = [];
  readonly msids: Msid[] = [];
  readonly candidates: Candidate[] = [];
  endOfCandidates = false;
  sctpPort: number | null = null;
  maxMessageSize: number | null = null;
  tiasBps: number | null = null;
  asBps: number | null = null;
  extmapAllowMixed = false;

  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];

  constructor(kind: string, port: number, protocol: string, formats: readonly string[]) {
    this.kind = kind;
    this.port = port;
    this.protocol = protocol;
    this.formats = formats;
  }

  finish(session: TransportDraft, sessionDirection: Direction | null): MediaSection {
    return {
      kind: this.kind,
      port: this.port,
      protocol: this.protocol,
      formats: this.formats,
      mid: this.mid,
      direction: this.direction ?? sessionDirection ?? 'sendrecv',
      transport: this.transport.finish(session),
      rtcpMux: this.rtcpMux,
      rtcpReducedSize: this.rtcpReducedSize,
      bundleOnly: this.bundleOnly,
      codecs: this.#codecs(),
      extensions: this.extensions,
      rids: this.rids,
      simulcast: this.simulcast,
      sources: [...this.sources].map(([ssrc, lines]) => ({ ssrc, ...lines })),
      sourceGroups: this.sourceGroups,
      msids: this.msids,
      candidates: this.candidates,
      endOfCandidates: this.endOfCandidates,
      sctpPort: this.sctpPort,
      maxMessageSize: this.maxMessageSize,
      bandwidthBps: this.tiasBps ?? this.asBps,
    };
  }

  #codecs(): CodecLine[] {
    const all = this.feedback.get('*') ?? [];
    return [...new Set(this.formats)].flatMap((format) => {
      const map = this.maps.get(format) ?? STATIC_MAPS.get(format);
      if (map === undefined) return [];
      const feedback = [...new Set([...all, ...(this.feedback.get(format) ?? [])])];
      return [{ payloadType: Number(format), ...map, parameters: this.parameters.get(format) ?? '', feedback }];
    });
  }
}
