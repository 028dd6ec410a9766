import type * as Madang from '../../../packages/client/src/index.js';

type Room = Madang.Room;

/** How one member of the crowd receives another's camera. */
export interface Reception {
  readonly width: number;
  readonly frames: number;
  readonly reason: string | undefined;
}

export interface Gathering {
  readonly url: string;
  readonly room: string;
  readonly count: number;
  readonly mode: 'p2p' | 'sfu' | 'auto';
}

declare global {
  interface Window {
    madang: typeof Madang;
    madangCrowd: Room[];
  }
}

/**
 * Runs in a page of `sdkSite`: brings `count` members, each with a camera and a microphone, into a room, one after the other.
 * The first sees everyone large, the others see everyone small. One function that refers to nothing outside.
 */
export async function gather({ url, room, count, mode }: Gathering): Promise<void> {
  const { LocalMedia, Room: RoomClass } = window.madang;
  window.madangCrowd = [];
  for (let ix = 0; ix < count; ix += 1) {
    const media = new LocalMedia();
    await media.startMicrophone();
    await media.startCamera({ width: 640, height: 360, frameRate: 5 });
    const one = new RoomClass({ url, media });
    one.on('trackAdded', (member, track) => {
      if (member.isSelf || !('setView' in track) || track.kind !== 'video') return;
      track.setView(ix === 0 ? { visible: true, width: 640, height: 360 } : { visible: true, width: 128, height: 72 });
    });
    await one.connect({ room, name: `M${ix}`, mode });
    window.madangCrowd.push(one);
  }
}

/** What the first of the crowd receives, and what another one does. */
export async function received(): Promise<Reception[][]> {
  const seen = async (room: Room): Promise<Reception[]> => {
    const others = room.members.filter(({ isSelf }) => !isSelf);
    return await Promise.all(
      others.map(async ({ tracks }) => {
        const camera = tracks.get('camera');
        if (camera === undefined || !('receiver' in camera)) return { width: 0, frames: 0, reason: undefined };
        const rows = [...(await camera.receiver.getStats()).values()];
        const row = rows.find(({ type }) => type === 'inbound-rtp');
        return { width: row?.frameWidth ?? 0, frames: row?.framesDecoded ?? 0, reason: camera.forwarding?.reason };
      }),
    );
  };
  return await Promise.all(window.madangCrowd.map(seen));
}

/** Ends all their times in the room, and their devices. */
export async function disperse(): Promise<void> {
  for (const room of window.madangCrowd) {
    await room.leave();
    room.media.close();
  }
}
