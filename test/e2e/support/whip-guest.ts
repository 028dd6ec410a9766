import type { ChromiumTab } from './chromium-tab.js';
import type { FirefoxTab } from './firefox-tab.js';

export type VideoCodec = 'VP8' | 'VP9' | 'H264' | 'AV1';

export interface WhipWish {
  /** Of a WHIP endpoint for one who publishes, of a WHEP endpoint for one who views. */
  readonly url: string;
  /** The only one offered; otherwise whatever the browser has. */
  readonly codec?: VideoCodec;
  /** Three encodings, a quarter, a half and the whole of 640 × 480; otherwise one of 320 × 240. */
  readonly simulcast?: boolean;
  /** Only these candidates of the server's are used, or of our own only relayed ones. */
  readonly way?: 'tcp' | 'relay';
}

/** What a page has received so far. */
export interface Received {
  readonly state: RTCPeerConnectionState;
  readonly codec: string;
  readonly frames: number;
  readonly height: number;
  readonly freezes: number;
  readonly frozenS: number;
  readonly lost: number;
  readonly keyframes: number;
  readonly soundPackets: number;
  readonly soundEnergy: number;
  /** `udp host`, as the candidate pair in use has them. */
  readonly path: string;
}

declare global {
  interface Window {
    whipGuest: { connection: RTCPeerConnection; location: string; etag: string | null };
  }
}

/** A page that publishes by WHIP or views by WHEP, by nothing but `fetch` and `RTCPeerConnection`. */
export class WhipGuest {
  readonly tab: ChromiumTab | FirefoxTab;

  constructor(tab: ChromiumTab | FirefoxTab) {
    this.tab = tab;
  }

  async publish(wish: WhipWish): Promise<void> {
    await this.#run(prepareToPublish, wish);
    await this.#run(join, wish);
  }

  async view(wish: WhipWish): Promise<void> {
    await this.#run(prepareToView, wish);
    await this.#run(join, wish);
  }

  async received(): Promise<Received> {
    return await this.#run(readReceived, undefined);
  }

  /** How the session answers to being ended. */
  async endsSession(): Promise<number> {
    return await this.#run(askSession, { method: 'DELETE' });
  }

  /** Whether the other side has taken leave of it, or cannot be reached any more. */
  async isOver(): Promise<boolean> {
    const { state } = await this.received();
    return state === 'closed' || state === 'failed';
  }

  /** Deletes the session, and closes the connection. */
  async leave(): Promise<void> {
    await this.#run(askSession, { method: 'DELETE' });
    await this.#run(() => window.whipGuest.connection.close(), undefined);
  }

  #run<A, R>(run: (argument: A) => R | Promise<R>, argument: A): Promise<R> {
    const { tab } = this;
    return (
      tab.browser === 'chromium' ? tab.page.evaluate(run as never, argument) : tab.page.evaluate(run as never, argument)
    ) as Promise<R>;
  }
}

async function prepareToPublish({ codec, simulcast, way }: WhipWish): Promise<void> {
  const connection = new RTCPeerConnection(way === 'relay' ? { iceTransportPolicy: 'relay' } : {});
  window.whipGuest = { connection, location: '', etag: null };
  const size = simulcast ? { width: 640, height: 480 } : { width: 320, height: 240 };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: size });
  for (const track of stream.getTracks()) {
    const init: RTCRtpTransceiverInit = { direction: 'sendonly', streams: [stream] };
    if (track.kind === 'video' && simulcast) {
      init.sendEncodings = [
        { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 80_000 },
        { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 200_000 },
        { rid: 'f', maxBitrate: 500_000 },
      ];
    }
    const transceiver = connection.addTransceiver(track, init);
    if (track.kind === 'audio' || codec === undefined) continue;
    const known = RTCRtpReceiver.getCapabilities('video')!.codecs;
    const wanted = known.filter(({ mimeType }) => [`video/${codec}`, 'video/rtx'].includes(mimeType));
    transceiver.setCodecPreferences(wanted);
  }
}

function prepareToView({ codec, way }: WhipWish): void {
  const connection = new RTCPeerConnection(way === 'relay' ? { iceTransportPolicy: 'relay' } : {});
  const video = document.createElement('video');
  const stream = new MediaStream();
  window.whipGuest = { connection, location: '', etag: null };
  video.srcObject = stream;
  document.body.append(video);
  connection.addEventListener('track', ({ track }) => {
    stream.addTrack(track);
    void video.play();
  });
  for (const kind of ['audio', 'video']) {
    const transceiver = connection.addTransceiver(kind, { direction: 'recvonly' });
    if (kind === 'audio' || codec === undefined) continue;
    const known = RTCRtpReceiver.getCapabilities('video')!.codecs;
    const wanted = known.filter(({ mimeType }) => [`video/${codec}`, 'video/rtx'].includes(mimeType));
    transceiver.setCodecPreferences(wanted);
  }
}

/** The offer is posted before candidates are gathered, since only the answer tells the servers for that (RFC 9725 §4.6). */
async function join({ url, way }: WhipWish): Promise<void> {
  const { connection } = window.whipGuest;
  const offer = await connection.createOffer();
  const headers = { 'content-type': 'application/sdp' };
  const response = await fetch(url, { method: 'POST', headers, body: offer.sdp! });
  const body = await response.text();
  if (response.status !== 201) throw new Error(`${url} answered ${response.status}: ${body}`);
  window.whipGuest.location = new URL(response.headers.get('location')!, url).href;
  window.whipGuest.etag = response.headers.get('etag');
  if (way === 'relay') {
    const links = response.headers.get('link') ?? '';
    const iceServers = [...links.matchAll(/<(turns?:[^>]+)>([^<]*)/g)].map(([, urls, attributes]) => ({
      urls: urls!,
      username: /username="([^"]*)"/.exec(attributes!)?.[1] ?? '',
      credential: /credential="([^"]*)"/.exec(attributes!)?.[1] ?? '',
    }));
    connection.setConfiguration({ iceServers, iceTransportPolicy: 'relay' });
  }
  await connection.setLocalDescription(offer);
  const isOver = (protocol: string) => (line: string) =>
    !line.startsWith('a=candidate:') || line.split(' ')[2]!.toLowerCase() === protocol;
  const lines = body.split('\r\n').filter(way === 'tcp' ? isOver('tcp') : () => true);
  await connection.setRemoteDescription({ type: 'answer', sdp: lines.join('\r\n') });
}

async function readReceived(): Promise<Received> {
  const { connection } = window.whipGuest;
  // biome-ignore lint/suspicious/noExplicitAny: the rows of statistics are as many kinds as there are browsers.
  const rows: any[] = [...((await connection.getStats()) as unknown as Map<string, unknown>).values()];
  const of = (kind: string) => rows.find((row) => row.type === 'inbound-rtp' && row.kind === kind) ?? {};
  const [video, audio] = [of('video'), of('audio')];
  const byId = (id: string) => rows.find((row) => row.id === id) ?? {};
  const pair = rows.find((row) => row.type === 'candidate-pair' && row.nominated && row.state === 'succeeded') ?? {};
  const local = byId(pair.localCandidateId);
  return {
    state: connection.connectionState,
    codec: byId(video.codecId).mimeType ?? '',
    frames: video.framesDecoded ?? 0,
    height: video.frameHeight ?? 0,
    freezes: video.freezeCount ?? 0,
    frozenS: video.totalFreezesDuration ?? 0,
    lost: video.packetsLost ?? 0,
    keyframes: video.keyFramesDecoded ?? 0,
    soundPackets: audio.packetsReceived ?? 0,
    soundEnergy: audio.totalAudioEnergy ?? 0,
    path: `${local.protocol} ${local.candidateType}`,
  };
}

async function askSession(request: RequestInit): Promise<number> {
  return (await fetch(window.whipGuest.location, request)).status;
}
