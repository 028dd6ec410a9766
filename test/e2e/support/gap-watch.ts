/** The longest times, in milliseconds, for which a picture or a sound that was there stood still. */
export interface Gaps {
  /** Between two frames that one element showed. */
  readonly pictureMs: number;
  /** Between two packets that were played of the sound in one element. */
  readonly soundMs: number;
  readonly frames: number;
  /** Elements that were there at the beginning and still are; the times are of these. */
  readonly stayed: number;
}

declare global {
  interface Window {
    madangGaps: { begin(): void; end(): Gaps };
  }
}

/**
 * Runs in the page before its own scripts, so it is one function that refers to nothing outside. It watches elements of the
 * page, whichever connection fills them. Only elements count that were there at the beginning and are at the end.
 *
 * Pictures are shown and sound is played by threads of their own, and go on while the page's is busy. So the browser's times
 * count, and what was shown and played between two looks is taken off: of frames by their number, of sound by its RTP
 * timestamps.
 */
export function installGapWatch(): void {
  const LOOK_MS = 25;
  /** Between two frames of a fake camera, at the least. */
  const FRAME_MS = 100;
  const PACKET_MS = 20;
  const TICKS_PER_MS = 48;
  const opened = new Set<RTCPeerConnection>();
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      opened.add(this);
    }
  } as typeof RTCPeerConnection;

  interface Watched {
    last: number;
    longest: number;
    count: number;
  }
  interface Heard extends Watched {
    by: RTCRtpReceiver | undefined;
    rtp: number;
  }
  let isOver = true;
  const pictures = new Map<HTMLVideoElement, Watched>();
  const sounds = new Map<HTMLMediaElement, Heard>();
  const fresh = (): Watched => ({ last: performance.now(), longest: 0, count: 0 });
  /** `wentOnMs`: so much of the time since the last look it did not stand still. */
  const came = (watched: Watched, at: number, wentOnMs: number): void => {
    watched.longest = Math.max(watched.longest, at - watched.last - wentOnMs);
    watched.last = at;
  };
  const receiverOf = (element: HTMLMediaElement): RTCRtpReceiver | undefined => {
    const [track] = element.srcObject instanceof MediaStream ? element.srcObject.getAudioTracks() : [];
    return [...opened].flatMap((pc) => pc.getReceivers()).find((receiver) => receiver.track === track);
  };
  const isRemote = (element: HTMLVideoElement): boolean => {
    const [track] = element.srcObject instanceof MediaStream ? element.srcObject.getVideoTracks() : [];
    return [...opened].some((pc) => pc.getReceivers().some((receiver) => receiver.track === track));
  };
  const watchPicture = (element: HTMLVideoElement): void => {
    const watched = fresh();
    pictures.set(element, watched);
    let before = Number.NaN;
    const next = (): void => {
      element.requestVideoFrameCallback((_, { presentationTime, presentedFrames }) => {
        if (isOver) return;
        const more = Math.max(1, presentedFrames - before || 1);
        before = presentedFrames;
        watched.count += more;
        came(watched, presentationTime, (more - 1) * FRAME_MS);
        next();
      });
    };
    next();
  };
  const listen = (heard: Heard): void => {
    const newest = heard.by?.getSynchronizationSources()[0];
    if (newest === undefined || newest.rtpTimestamp === heard.rtp) return;
    // By the browser's wall clock.
    const at = newest.timestamp - performance.timeOrigin;
    const playedMs = ((newest.rtpTimestamp - heard.rtp) >>> 0) / TICKS_PER_MS;
    came(heard, at, playedMs < at - heard.last + PACKET_MS ? Math.max(0, playedMs - PACKET_MS) : 0);
    heard.rtp = newest.rtpTimestamp;
  };
  /** Another stream stops an element, which begins again with the new one: between is silence. */
  const watchSound = (element: HTMLMediaElement): void => {
    const heard: Heard = { ...fresh(), by: receiverOf(element), rtp: Number.NaN };
    sounds.set(element, heard);
    element.addEventListener('emptied', () => listen(heard));
    element.addEventListener('playing', () => {
      const by = receiverOf(element);
      if (by === heard.by) return;
      came(heard, performance.now(), 0);
      Object.assign(heard, { by, rtp: Number.NaN });
    });
  };
  const look = (): void => {
    if (isOver) return;
    for (const heard of sounds.values()) listen(heard);
    setTimeout(look, LOOK_MS);
  };

  window.madangGaps = {
    begin: () => {
      isOver = false;
      pictures.clear();
      sounds.clear();
      for (const element of document.querySelectorAll('video')) if (isRemote(element)) watchPicture(element);
      for (const element of document.querySelectorAll<HTMLMediaElement>('audio, video')) {
        if (receiverOf(element) !== undefined) watchSound(element);
      }
      look();
    },
    end: () => {
      isOver = true;
      const stayed = (all: ReadonlyMap<HTMLMediaElement, Watched>): Watched[] =>
        [...all].flatMap(([element, watched]) => (element.isConnected && element.srcObject !== null ? [watched] : []));
      const longest = (all: ReadonlyMap<HTMLMediaElement, Watched>): number => {
        const times = stayed(all).map((watched) => Math.max(watched.longest, performance.now() - watched.last));
        return Math.round(Math.max(0, ...times));
      };
      return {
        pictureMs: longest(pictures),
        soundMs: longest(sounds),
        frames: [...pictures.values()].reduce((sum, { count }) => sum + count, 0),
        stayed: stayed(pictures).length + stayed(sounds).length,
      };
    },
  };
}
