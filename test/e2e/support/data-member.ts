import type * as client from '@madang/client';

/** What a page with the SDK has of its member, once it has entered. */
interface InPage {
  readonly room: client.Room;
  readonly heard: unknown[];
  /** Of the files that came: how long each took, and what it was. */
  readonly files: { readonly ms: number; readonly sha256: string }[];
}

type WithMember = Window & { madang: typeof client; member: InPage };

export interface Entry {
  readonly url: string;
  readonly room: string;
  readonly name: string;
  readonly mode: 'p2p' | 'sfu' | 'auto';
  readonly role?: 'viewer';
  /** Writing down a MiB of a file takes so long. */
  readonly slowMs?: number;
}

/** A page that runs a function with one argument. */
export interface DataPage {
  goto(address: string): Promise<unknown>;
  evaluate(run: (given: never) => unknown, given?: unknown): Promise<unknown>;
}

/** A member of a room by the SDK alone, without a camera: what is said to it is kept, and every file taken. */
export class DataMember {
  readonly page: DataPage;
  id = '';

  constructor(page: unknown) {
    this.page = page as DataPage;
  }

  async enter(site: string, entry: Entry): Promise<void> {
    await this.page.goto(site);
    this.id = await this.#run(enter, entry);
  }

  /** Waits until it knows of these members: what is meant for all goes to those. */
  async knows(...others: readonly DataMember[]): Promise<void> {
    await this.#run(
      knows,
      others.map(({ id }) => id),
    );
  }

  /** Sends each of them to all others, in order. Resolves when they are in everybody's hands. */
  async say(all: readonly string[]): Promise<void> {
    await this.#run(say, all);
  }

  heard(): Promise<unknown[]> {
    return this.#run(heard, undefined);
  }

  /** Sends one file of this size to some; resolves with its fingerprint when it is on its way. */
  offer(to: readonly string[], bytes: number): Promise<string> {
    return this.#run(offer, { to, bytes });
  }

  /** Which way the call goes by what its room says; null before it is known. */
  way(): Promise<'p2p' | 'sfu' | null> {
    return this.#run(way, undefined);
  }

  /** How the files stand that this member sends. */
  states(): Promise<string[]> {
    return this.#run(states, undefined);
  }

  files(): Promise<InPage['files']> {
    return this.#run(files, undefined);
  }

  /** How sending is refused; undefined if it is not. */
  refusal(): Promise<string | undefined> {
    return this.#run(refusal, undefined);
  }

  async leave(): Promise<void> {
    await this.#run(leave, undefined);
  }

  #run<T, A>(run: (given: A) => Promise<T>, given: A): Promise<T> {
    return this.page.evaluate(run as never, given) as Promise<T>;
  }
}

async function enter({ url, room: name, slowMs = 0, ...entry }: Entry): Promise<string> {
  const page = window as unknown as WithMember;
  while (page.madang === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  const { Room, memorySink } = page.madang;
  const room = new Room({ url });
  const member: InPage = { room, heard: [], files: [] };
  page.member = member;
  room.on('data', ({ data }) => member.heard.push(data));
  room.on('fileOffered', (transfer) => {
    const start = performance.now();
    const sink = memorySink(transfer.size, '', 2 ** 30);
    transfer.accept({
      ...sink,
      write: async (bytes) => {
        await sink.write(bytes);
        if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs));
      },
    });
    void transfer.over.then(async () => {
      const ms = performance.now() - start;
      const digest = await crypto.subtle.digest('SHA-256', await (transfer.file ?? new Blob()).arrayBuffer());
      member.files.push({ ms, sha256: String(new Uint8Array(digest)) });
    });
  });
  await room.connect({ room: name, ...entry });
  return room.self!.id;
}

async function knows(ids: readonly string[]): Promise<void> {
  const { room } = (window as unknown as WithMember).member;
  while (!ids.every((id) => room.members.some((member) => member.id === id))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function say(all: readonly string[]): Promise<void> {
  const { room } = (window as unknown as WithMember).member;
  await Promise.all(all.map((text) => room.send(text)));
}

async function heard(): Promise<unknown[]> {
  return (window as unknown as WithMember).member.heard;
}

async function offer({ to, bytes }: { to: readonly string[]; bytes: number }): Promise<string> {
  const { room } = (window as unknown as WithMember).member;
  const all = new Uint32Array(bytes / 4);
  let state = bytes;
  for (let ix = 0; ix < all.length; ix += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    all[ix] = state;
  }
  const digest = await crypto.subtle.digest('SHA-256', all);
  const file = new Blob([all]);
  for (const id of to) room.sendFile(file, { to: id });
  return String(new Uint8Array(digest));
}

async function way(): Promise<'p2p' | 'sfu' | null> {
  return (window as unknown as WithMember).member.room.info?.media ?? null;
}

async function states(): Promise<string[]> {
  return (window as unknown as WithMember).member.room.transfers.map(({ state, bytes }) => `${state} ${bytes}`);
}

async function files(): Promise<InPage['files']> {
  return (window as unknown as WithMember).member.files;
}

async function refusal(): Promise<string | undefined> {
  try {
    await (window as unknown as WithMember).member.room.send('x');
    return undefined;
  } catch (error) {
    return (error as client.MadangError).code;
  }
}

async function leave(): Promise<void> {
  await (window as unknown as WithMember).member.room.leave();
}
