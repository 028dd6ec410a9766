/** A remote picture as it stands on the page. */
export interface PictureSample {
  /** Of the MediaStreamTrack shown. */
  readonly track: string;
  readonly width: number;
  readonly height: number;
  /** Frames that this element has shown so far (requestVideoFrameCallback). */
  readonly frames: number;
  /** Red, green and blue, 0 to 255, of 64 × 36 points, row by row. */
  readonly rgb: readonly number[];
}

/** A remote sound as the connection receives it. */
export interface SoundSample {
  readonly track: string;
  /** Sum over time of the squared level (webrtc-stats `totalAudioEnergy`): it grows only while something is heard. */
  readonly energy: number;
  /** The track plays in an element that is neither paused nor muted. */
  readonly playing: boolean;
}

/** What the page can be asked through `window.madangProbe`. */
export interface Probe {
  pictures(): PictureSample[];
  sounds(): Promise<SoundSample[]>;
  /** Offers that were set as local descriptions, over all connections of the page. */
  offers(): number;
  /** Connections that are open now. */
  connections(): number;
  /** What the other side of each of them described last. */
  descriptions(): string[];
  /** What the browser counts of every connection that is open, for a failure's record. */
  statistics(): Promise<unknown[]>;
  /** `deviceId` of every track that is being sent, by kind. */
  sending(): { kind: string; deviceId: string | undefined; label: string }[];
  /** Breaches of the content security policy that the browser reported. */
  violations(): string[];
  /** Milliseconds from the last click on `Join` to the first remote frame on the screen; null until then. */
  joinMs(): number | null;
}

declare global {
  interface Window {
    madangProbe: Probe;
  }
}

/**
 * Runs in the page before its own scripts, so it is one function that refers to nothing outside. It watches from
 * beside: connections are counted as they are made, and nothing the page does is changed.
 */
export function installProbe(): void {
  const opened = new Set<RTCPeerConnection>();
  const breaches: string[] = [];
  let offers = 0;
  let clickedAt: number | null = null;
  let firstFrameAt: number | null = null;

  const NativeConnection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends NativeConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      opened.add(this);
    }
    override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
      await super.setLocalDescription(description);
      if (this.pendingLocalDescription?.type === 'offer') offers += 1;
    }
  } as typeof RTCPeerConnection;

  const live = () => [...opened].filter((connection) => connection.connectionState !== 'closed');
  const receivedTracks = () =>
    new Set(live().flatMap((connection) => connection.getReceivers().map((receiver) => receiver.track.id)));

  const tracksOf = (element: HTMLMediaElement, kind: string) =>
    element.srcObject instanceof MediaStream
      ? element.srcObject.getTracks().filter((track) => track.kind === kind)
      : [];

  const remoteVideos = () => {
    const received = receivedTracks();
    return [...document.querySelectorAll('video')].flatMap((element) => {
      const track = tracksOf(element, 'video').find((candidate) => received.has(candidate.id));
      return track && element.videoWidth > 0 ? [{ element, track }] : [];
    });
  };

  const isRemote = (element: HTMLVideoElement) => {
    const received = receivedTracks();
    return tracksOf(element, 'video').some((track) => received.has(track.id));
  };

  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 36;
  const rgbOf = (element: HTMLVideoElement) => {
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.drawImage(element, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return [...data].filter((_, ix) => ix % 4 !== 3);
  };

  const isPlaying = (track: string) =>
    [...document.querySelectorAll<HTMLMediaElement>('audio, video')].some(
      (element) =>
        !element.paused && !element.muted && tracksOf(element, 'audio').some((candidate) => candidate.id === track),
    );

  const soundsOf = async (connection: RTCPeerConnection) => {
    const samples: SoundSample[] = [];
    for (const receiver of connection.getReceivers()) {
      if (receiver.track.kind !== 'audio') continue;
      for (const report of (await receiver.getStats()).values())
        if (report.type === 'inbound-rtp' && report.packetsReceived > 0)
          samples.push({
            track: receiver.track.id,
            energy: report.totalAudioEnergy ?? 0,
            playing: isPlaying(receiver.track.id),
          });
    }
    return samples;
  };

  const shown = new WeakMap<HTMLVideoElement, number>();
  const countFrames = (element: HTMLVideoElement) => {
    element.requestVideoFrameCallback(() => {
      shown.set(element, (shown.get(element) ?? 0) + 1);
      if (firstFrameAt === null && isRemote(element)) firstFrameAt = performance.now();
      countFrames(element);
    });
  };
  new MutationObserver(() => {
    for (const element of document.querySelectorAll('video')) {
      if (shown.has(element)) continue;
      shown.set(element, 0);
      countFrames(element);
    }
  }).observe(document, { subtree: true, childList: true });

  document.addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button?.textContent?.trim() === 'Join') [clickedAt, firstFrameAt] = [performance.now(), null];
    },
    true,
  );
  document.addEventListener('securitypolicyviolation', (event) => {
    breaches.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });

  window.madangProbe = {
    pictures: () =>
      remoteVideos().map(({ element, track }) => ({
        track: track.id,
        width: element.videoWidth,
        height: element.videoHeight,
        frames: shown.get(element) ?? 0,
        rgb: rgbOf(element),
      })),
    sounds: async () => (await Promise.all(live().map(soundsOf))).flat(),
    offers: () => offers,
    connections: () => live().length,
    descriptions: () => live().map((connection) => connection.currentRemoteDescription?.sdp ?? ''),
    statistics: () =>
      Promise.all(
        live().map(async (connection) => ({
          state: connection.connectionState,
          signaling: connection.signalingState,
          rows: [...(await connection.getStats()).values()],
        })),
      ),
    sending: () =>
      live()
        .flatMap((connection) => connection.getSenders())
        .flatMap(({ track }) =>
          track === null || track.readyState === 'ended'
            ? []
            : [{ kind: track.kind, deviceId: track.getSettings().deviceId, label: track.label }],
        ),
    violations: () => breaches,
    joinMs: () => (clickedAt === null || firstFrameAt === null ? null : firstFrameAt - clickedAt),
  };
}
