import type { ChatMessage, IceServer, Metadata, Role, Source } from '@madang/protocol';
import type {
  DataExchange,
  IncomingTransfer,
  OutgoingTransfer,
  Sendable,
  SendFileOptions,
  SendOptions,
  Transfer,
} from '../data/index.js';
import { Emitter } from '../emitter.js';
import type { SignalLink } from '../link/index.js';
import type { ToldIceServers } from './ice-renewal.js';
import type { Member } from './member.js';
import type { Reception } from './reception.js';
import type { ReceptionChoice } from './reception-choice.js';
import type { RoomEvents } from './room-events.js';

/** What a member does in a room: what is asked of the server, and what goes to the other members straight. */
export abstract class RoomRequests extends Emitter<RoomEvents> {
  abstract get self(): Member | undefined;
  abstract get chat(): readonly ChatMessage[];
  protected abstract readonly request: SignalLink['request'];
  protected abstract readonly data: DataExchange;
  protected abstract readonly choice: ReceptionChoice;

  /**
   * Sends data of any size, to one member or to all others, and resolves when it is in their hands. Refuses with
   * `no_data_channel`, `data_too_large`, `data_not_sendable`, `member_left` or `aborted`.
   */
  async send(data: Sendable, options: SendOptions = {}): Promise<void> {
    await this.data.send(data, options);
  }

  /** Offers a file to a member, who has to accept it. Throws `no_data_channel` or `too_many_transfers`. */
  sendFile(file: Blob, options: SendFileOptions & { readonly to: string }): OutgoingTransfer {
    return this.data.sendFile(file, options);
  }

  /** What comes in where media go through the server: everything, pictures in their lowest quality, or sound alone. */
  get reception(): Reception {
    return this.choice.reception;
  }

  setReception(reception: Reception): void {
    this.choice.set(reception);
  }

  /** Whether one source of a member is to come in, whatever `autoSubscribe` says. Until the member leaves. */
  subscribe(memberId: string, source: Source, isWanted = true): void {
    this.choice.choose(memberId, source, isWanted);
  }

  /** Files on their way and files of earlier, both ways, oldest first. */
  get transfers(): readonly (OutgoingTransfer | IncomingTransfer)[] {
    return this.data.transfers;
  }

  /** Takes a transfer that is over out of `transfers`. */
  forgetTransfer(transfer: Transfer): void {
    this.data.forget(transfer);
  }

  /** Resolves with the number of the message. The message itself comes back as an event, like everyone's. */
  async sendChat(text: string): Promise<number> {
    const result = await this.request('chat', { text });
    if ('id' in result) return result.id;
    // It was carried out before the connection was lost: the message is among those just replayed.
    const own = this.chat.findLast((message) => message.from === this.self?.id && message.text === text);
    return own?.id ?? 0;
  }

  async react(reaction: string): Promise<void> {
    await this.request('react', { reaction });
  }

  /** A host may lower another member's hand. */
  async raiseHand(raised: boolean, memberId?: string): Promise<void> {
    await this.request('hand', { raised, ...(memberId === undefined ? {} : { member: memberId }) });
  }

  async rename(name: string): Promise<void> {
    await this.request('rename', { name });
  }

  async setMetadata(metadata: Metadata): Promise<void> {
    await this.request('metadata', { metadata });
  }

  async setRoomMetadata(metadata: Metadata): Promise<void> {
    await this.request('room-metadata', { metadata });
  }

  /** The server's STUN and TURN servers, asked for anew: credentials that run out are fresh again. */
  async iceServers(): Promise<readonly IceServer[]> {
    return (await freshIceServers(this.request)).iceServers;
  }

  async kick(memberId: string, reason?: string): Promise<void> {
    await this.request('kick', { member: memberId, ...(reason === undefined ? {} : { reason }) });
  }

  /** Mutes a source of another member. Only that member can unmute it again. */
  async muteMember(memberId: string, source: Exclude<Source, 'screen-audio'>): Promise<void> {
    await this.request('mute', { member: memberId, source });
  }

  async setRole(memberId: string, role: Role): Promise<void> {
    await this.request('role', { member: memberId, role });
  }

  /** Ends the room for everyone, and deletes its chat. */
  async close(): Promise<void> {
    await this.request('close', {});
  }
}

/** What the server tells of STUN and TURN now. */
export async function freshIceServers(request: SignalLink['request']): Promise<ToldIceServers> {
  const result = await request('ice-servers', {});
  // Answered before the connection was lost: asked again, it is answered again.
  return 'iceServers' in result ? result : await freshIceServers(request);
}
