import { MadangError, Room } from '@madang/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { DeviceDesk } from '../devices/device-desk.js';
import { attend } from './attendant.js';
import { type Layout, preferences } from './preferences.js';
import { noteRecentRoom } from './recent-rooms.js';
import { EMPTY_ROOM, type RoomView, viewRoom } from './room-view.js';

export type OutsideReason = 'left' | 'kicked' | 'closed' | 'replaced' | 'failed' | 'full';
export type RefusalCode = MadangError['code'];

/** Where the person stands: before the door, going in, in the room, or outside again. */
export type CallPhase =
  | { readonly at: 'door'; readonly refusal?: RefusalCode | undefined }
  | { readonly at: 'entering' }
  | { readonly at: 'inside' }
  | {
      readonly at: 'outside';
      readonly reason: OutsideReason;
      readonly note?: string | undefined;
      readonly code?: RefusalCode | undefined;
    };

export type Panel = 'chat' | 'people' | 'inspector';

export interface FloatingReaction {
  readonly id: number;
  readonly name: string;
  readonly reaction: string;
}

export interface CallState {
  readonly phase: CallPhase;
  readonly view: RoomView;
  readonly panel: Panel | null;
  readonly dialog: 'invite' | 'shortcuts' | 'settings' | 'layout' | 'leaving' | null;
  /** The tile made large by this person: `<member id>/camera` or `<member id>/screen`. */
  readonly pinned: string | null;
  readonly layout: Layout;
  /** The page of tiles that was turned to, from 0; there may be fewer by now. */
  readonly page: number;
  /** How well it goes with each member, by id, as far as it was measured. */
  readonly qualities: ReadonlyMap<string, 'poor' | 'good' | 'excellent'>;
  /** Ids of the tiles on the stage, as they are read. */
  readonly shown: readonly string[];
  /** One's own tile is left out. The others still see it. */
  readonly selfHidden: boolean;
  /** The small window on top of everything else, while it is open. */
  readonly pipWindow: Window | null;
  readonly unread: number;
  readonly reactions: readonly FloatingReaction[];
  /** The browser holds back sound until somebody clicks. */
  readonly soundBlocked: boolean;
  /** Talking by the held space bar. */
  readonly talking: boolean;
}

/** One visit to one room: its devices, its connection, and what the page shows of them. */
export class Call {
  readonly roomName: string;
  /** Of an encrypted room, from the part of the address that stays in the browser. */
  readonly secret: string | undefined;
  readonly desk: DeviceDesk;
  readonly room: Room;
  readonly store: StoreApi<CallState>;
  readonly #offs: (() => void)[] = [];

  constructor(roomName: string, secret?: string) {
    this.roomName = roomName;
    this.secret = secret;
    this.desk = new DeviceDesk();
    this.room = new Room({ media: this.desk.media });
    this.store = createStore<CallState>(() => ({
      phase: { at: 'door' },
      view: EMPTY_ROOM,
      panel: null,
      dialog: null,
      pinned: null,
      layout: preferences.getState().layout,
      page: 0,
      shown: [],
      qualities: new Map(),
      selfHidden: false,
      pipWindow: null,
      unread: 0,
      reactions: [],
      soundBlocked: false,
      talking: false,
    }));
    this.room.setReception(preferences.getState().reception);
    this.#offs.push(
      this.room.on('changed', () => this.#mirror()),
      attend(this),
    );
    // Opened while the person is still looking into the mirror, so that joining is one round trip.
    this.room.prepare().catch(() => {});
  }

  /** Enters the room. Never rejects: a refusal becomes the phase. */
  async join(name: string, options: { role?: 'viewer'; mode?: 'p2p' | 'sfu' | 'auto' } = {}): Promise<void> {
    if (this.store.getState().phase.at !== 'door') return;
    this.store.setState({ phase: { at: 'entering' } });
    try {
      const encryption = this.secret === undefined ? {} : { encryption: { passphrase: this.secret } };
      await this.room.connect({ room: this.roomName, name, ...options, ...encryption });
      // The name of an encrypted room leads nowhere without the secret, which is not to be kept.
      if (this.secret === undefined) noteRecentRoom(this.roomName);
      this.store.setState({ phase: { at: 'inside' } });
      this.#mirror();
    } catch (error) {
      const code = error instanceof MadangError ? error.code : 'internal';
      this.store.setState({
        phase: code === 'room_full' ? { at: 'outside', reason: 'full' } : { at: 'door', refusal: code },
      });
    }
  }

  async leave(): Promise<void> {
    await this.room.leave().catch(() => {});
    this.end({ reason: 'left' });
  }

  /** The membership is over: devices are released and the page says why. */
  end(outcome: { reason: OutsideReason; note?: string | undefined; code?: RefusalCode | undefined }): void {
    if (this.store.getState().phase.at === 'outside') return;
    this.desk.media.close();
    this.store.setState({ phase: { at: 'outside', ...outcome }, panel: null, dialog: null, pinned: null });
  }

  /** Opens a panel, or closes it when it is open. */
  toggle(panel: Panel): void {
    const opening = this.store.getState().panel !== panel;
    this.store.setState({ panel: opening ? panel : null, ...(opening && panel === 'chat' ? { unread: 0 } : {}) });
  }

  /** For good: leaves without a word on the page. */
  close(): void {
    for (const off of this.#offs) off();
    void this.room.leave().catch(() => {});
    this.desk.close();
  }

  #mirror(): void {
    const { view } = this.store.getState();
    const now = viewRoom(this.room, view);
    if (now !== view) this.store.setState({ view: now });
  }
}
