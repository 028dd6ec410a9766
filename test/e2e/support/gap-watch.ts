/** The longest times, in milliseconds, for which a picture or a sound that was there stood still. */
export interface Gaps {
  /** Between two frames that one element showed. */
  readonly pictureMs: number;
  /** Between two packets that were played of the sound in one element. */
  readonly soundMs: number;
  readonly frames: number;
}

declare global {
  interface Window {
    madangGaps: { begin(): void; end(): Gaps };
  }
}

/**
 * Runs in the page before its own scripts, so it is one function that refers to nothing outside. It watches elements of the
 * page, whichever connection fills them. Only elements count that were there at the beginning and are at the end.
 */
export function installGapWatch(): void {
  const LOOK_MS = 15;
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
    newest: number;
  }
  let isOver = true;
  const pictures = new Map<HTMLVideoElement, Watched>();
  const sounds = new Map<HTMLMediaElement, Watched>();
  const fresh = (): Watched => ({ last: performance.now(), longest: 0, count: 0, newest: 0 });
  const came = (watched: Watched): void => {
    const now = performance.now();
    watched.longest = Math.max(watched.longest, now - watched.last);
    watched.last = now;
    watched.count += 1;
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
    const next = (): void => {
      element.requestVideoFrameCallback(() => {
        if (isOver) return;
        came(watched);
        next();
      });
    };
    next();
  };
  const look = (): void => {
    if (isOver) return;
    for (const [element, watched] of sounds) {
      const newest = receiverOf(element)?.getSynchronizationSources()[0]?.timestamp ?? 0;
      if (newest === watched.newest) continue;
      watched.newest = newest;
      came(watched);
    }
    setTimeout(look, LOOK_MS);
  };

  window.madangGaps = {
    begin: () => {
      isOver = false;
      pictures.clear();
      sounds.clear();
      for (const element of document.querySelectorAll('video')) if (isRemote(element)) watchPicture(element);
      for (const element of document.querySelectorAll<HTMLMediaElement>('audio, video')) {
        if (receiverOf(element) !== undefined) sounds.set(element, fresh());
      }
      look();
    },
    end: () => {
      isOver = true;
      const longest = (all: Map<HTMLMediaElement, Watched>): number =>
        Math.round(
          Math.max(
            0,
            ...[...all]
              .filter(([element]) => element.isConnected && element.srcObject !== null)
              .map(([, watched]) => Math.max(watched.longest, performance.now() - watched.last)),
          ),
        );
      return {
        pictureMs: longest(pictures),
        soundMs: longest(sounds),
        frames: [...pictures.values()].reduce((sum, { count }) => sum + count, 0),
      };
    },
  };
}
