import type * as client from '@madang/client';
import { until } from './until.js';

/** What a member with the SDK receives of one camera. */
export interface Taken {
  readonly member: string;
  readonly paused: boolean;
  readonly priority: string | undefined;
  readonly reason: string | undefined;
  /** By the connection that there is now. */
  readonly packets: number;
  /** Whether the object is still the one of the beginning. */
  readonly isSame: boolean;
}

type WithRoom = Window & {
  madang: typeof client;
  choosy: { room: client.Room; before: ReadonlyMap<string, client.Track> };
};

interface Page {
  goto(address: string): Promise<unknown>;
  evaluate(run: (given: never) => unknown, given?: unknown): Promise<unknown>;
}

/** A viewer by the SDK alone who chooses what to be sent: one camera not at all for now, another before all others. */
export class ChoosyViewer {
  readonly #page: Page;

  constructor(page: unknown) {
    this.#page = page as Page;
  }

  /** Goes in, and chooses as soon as both cameras come. */
  async enter(site: string, entry: { url: string; room: string; paused: string; first: string }): Promise<void> {
    await this.#page.goto(site);
    await this.#page.evaluate(enter as never, entry);
    await until('the choices to be heeded', async () => {
      const taken = await this.taken();
      return taken.length === 2 && taken.every(({ paused, reason }) => paused === (reason === 'paused'));
    });
  }

  async taken(): Promise<Taken[]> {
    return (await this.#page.evaluate(taken as never)) as Taken[];
  }
}

async function enter({ url, room: name, paused, first }: Record<'url' | 'room' | 'paused' | 'first', string>) {
  const page = window as unknown as WithRoom;
  while (page.madang === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  const room = new page.madang.Room({ url });
  await room.connect({ room: name, name: 'Vic', role: 'viewer', mode: 'sfu' });
  const cameraOf = async (member: string) => {
    for (;;) {
      const track = room.members.find((each) => each.name === member)?.tracks.get('camera');
      if (track !== undefined && 'setPaused' in track) return track;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const [pausedTrack, firstTrack] = [await cameraOf(paused), await cameraOf(first)];
  pausedTrack.setPaused(true);
  firstTrack.setPriority('high');
  page.choosy = {
    room,
    before: new Map([
      [paused, pausedTrack],
      [first, firstTrack],
    ]),
  };
}

async function taken(): Promise<Taken[]> {
  const { room, before } = (window as unknown as WithRoom).choosy;
  const all: Taken[] = [];
  for (const { name: member, tracks } of room.members) {
    const track = tracks.get('camera');
    if (track === undefined || !('setPaused' in track)) continue;
    const { paused, priority, forwarding, receiver } = track;
    const rows = [...(await receiver.getStats()).values()];
    const packets = rows.find(({ type }) => type === 'inbound-rtp')?.packetsReceived ?? 0;
    all.push({ member, paused, priority, reason: forwarding?.reason, packets, isSame: before.get(member) === track });
  }
  return all;
}
