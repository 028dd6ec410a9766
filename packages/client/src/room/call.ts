import type {
  ChatMessage,
  Joined,
  LeaveReason,
  PeerSignal,
  Resumed,
  RoomEvent,
  Room as RoomInfo,
} from '@madang/protocol';
import { DataExchange } from '../data/index.js';
import type { SignalLink } from '../link/index.js';
import { IceRenewal } from './ice-renewal.js';
import { MediaReport } from './media-report.js';
import { MediaWays } from './media-ways.js';
import type { Member } from './member.js';
import { recordMembers } from './member-facts.js';
import { DIALECT, Mesh } from './mesh.js';
import { Publication } from './publication.js';
import { ReceptionChoice } from './reception-choice.js';
import { ReportWatch } from './report-watch.js';
import type { RoomEvents, Tell } from './room-events.js';
import type { RoomSettings } from './room-options.js';
import { freshIceServers } from './room-requests.js';
import { type RoomView, reduceRoom, viewOfJoin } from './room-view.js';
import { Roster } from './roster.js';
import { ServerWay } from './server-way.js';
import { VoiceWatch } from './voice-watch.js';

export interface CallDeps {
  readonly settings: RoomSettings;
  readonly request: SignalLink['request'];
  /** Whether the server can be reached at the moment. */
  connected(): boolean;
  /** Somebody's sound and picture stay away, or are back: whether the server can be reached may have changed too. */
  suspect(): void;
  readonly tell: Tell;
}

/** What goes on in the room: who is there, what they send each other, and what is said. Follows the server's events. */
export class Call {
  readonly publication: Publication;
  readonly data: DataExchange;
  readonly reports: ReportWatch;
  readonly #settings: RoomSettings;
  readonly #tell: Tell;
  readonly reception: ReceptionChoice;
  readonly #server: ServerWay;
  readonly #ways: MediaWays;
  readonly #roster: Roster;
  readonly #voices: VoiceWatch;
  readonly #renewal: IceRenewal;
  #view: RoomView | undefined;
  #speakerId: string | undefined;

  constructor({ settings, request, connected, suspect, tell }: CallDeps) {
    this.#settings = settings;
    this.#tell = (event, ...args) => {
      if (event === 'memberLeft') this.#onLeft(...(args as RoomEvents['memberLeft']));
      if (event === 'memberJoined') this.#onJoined();
      tell(event, ...args);
    };
    this.data = new DataExchange({
      clock: settings.clock,
      maxMessageBytes: settings.maxMessageBytes,
      onData: (from, topic, data) => tell('data', { from: this.#roster.get(from), topic, data }),
      onOffer: (transfer) => tell('fileOffered', transfer, this.#roster.get(transfer.memberId)),
      onTransfer: (transfer) => tell('transferChanged', transfer),
    });
    const send = (to: string, signal: PeerSignal): void => {
      // Lost only with the membership itself, and then the link to that member is gone too.
      request('peer-signal', { to, signal }).catch(() => {});
    };
    const mesh = new Mesh(settings, this.data, send, connected);
    this.#server = new ServerWay({
      settings,
      request,
      relay: this.data.relay,
      connected,
      wishes: () => this.reception.wishes,
      shown: (id, source) => this.#ways.shown(id, source),
      forwardingChanged: (id, track) => {
        const member = this.#roster.get(id);
        if (member !== undefined) tell('forwardingChanged', member, track);
      },
    });
    this.reception = new ReceptionChoice(settings.autoSubscribe, () => this.#server.wishesChanged());
    this.#ways = new MediaWays(settings, mesh, this.#server, send);
    this.#ways.on('interrupted', suspect);
    this.#ways.on('stranded', suspect);
    this.#renewal = new IceRenewal({
      clock: settings.clock,
      ask: () => freshIceServers(request),
      use: (servers) => this.#ways.setIceServers(servers),
    });
    this.#roster = new Roster(this.#ways, settings.media.tracks, this.#tell);
    const report = new MediaReport((media) => request('media', { media }));
    settings.encryption.on('state', (id) => this.#onEncryption(id));
    this.publication = new Publication(settings.media, this.#ways, this.#roster, report);
    this.#voices = new VoiceWatch(settings, (member) => tell('speakingChanged', member));
    this.reports = new ReportWatch({
      settings,
      selfId: () => (connected() ? this.self?.id : undefined),
      listeners: () => this.members.filter(({ isSelf, dialect }) => !isSelf && dialect === DIALECT).length,
      send: (own) => request('report', { report: own }),
      changed: (id) => {
        const member = this.#roster.get(id);
        if (member !== undefined) tell('report', member);
      },
    });
  }

  get info(): RoomInfo | undefined {
    return this.#view?.info;
  }
  get self(): Member | undefined {
    return this.#roster.self;
  }
  get members(): readonly Member[] {
    return this.#roster.members;
  }
  get chat(): readonly ChatMessage[] {
    return this.#view?.chat ?? [];
  }
  get activeSpeaker(): Member | undefined {
    return this.#speakerId === undefined || this.info?.media === 'p2p' ? undefined : this.#roster.get(this.#speakerId);
  }
  get draining(): boolean {
    return this.#view?.draining ?? false;
  }

  /** Follows one's own media and everyone's voice until the returned function is called. */
  attend(): () => void {
    const off = this.#settings.media.on('changed', () => {
      this.publication.publish();
      this.#tell('changed');
    });
    const quiet = this.#voices.start(() => this.members);
    const unreported = this.reports.start();
    return () => {
      off();
      quiet();
      unreported();
    };
  }

  /** A membership begins, perhaps after another: the connections of that one are closed. */
  begin(joined: Joined): void {
    this.#ways.clear();
    this.#settings.encryption.cipher?.begin(joined.self);
    this.reports.clear();
    this.#show(viewOfJoin(joined));
    this.#enter(joined);
    this.#renewal.told(joined);
  }

  /** The membership is back; what was missed has been handled, one event after the other. */
  catchUp(resumed: Resumed): void {
    if (this.#view === undefined) return;
    const { room, members, iceServers } = resumed;
    this.#ways.setIceServers(iceServers);
    this.#renewal.told(resumed);
    this.reports.tellAgain();
    this.#show({ ...this.#view, info: room, members, draining: false });
    this.#ways.signalsPass();
  }

  handle(event: RoomEvent): void {
    if (this.#view === undefined) return;
    const roleBefore = this.self?.role;
    this.#show(reduceRoom(this.#view, event), event);
    // What one may send is another matter now.
    if (this.self?.role !== roleBefore) this.publication.publish();
    switch (event.type) {
      case 'chat':
        this.#tell('chat', event.message);
        break;
      case 'reaction':
        this.#tell('reaction', this.#roster.get(event.from), event.reaction);
        break;
      case 'peer-signal':
        this.#ways.receive(event.from, event.signal);
        break;
      case 'report':
        this.reports.receive(event.from, event.report);
        break;
      case 'muted':
        this.publication.obeyMute(event.source);
        this.#tell('mutedByHost', { by: this.#roster.get(event.by), source: event.source });
        break;
      case 'draining':
        this.#tell('draining', event.withinMs);
        break;
      case 'media-ended':
        this.#server.ended(event);
        break;
      case 'wanted':
        this.#server.wanted(
          event,
          this.#view.members.find(({ id }) => id === this.#view?.selfId),
        );
        break;
      case 'forwarding':
        this.#server.forwarded(event);
        break;
      case 'line':
        this.#server.line(event);
        break;
      case 'speaker':
        this.#speakerId = event.member ?? undefined;
        this.#tell('activeSpeakerChanged', this.activeSpeaker);
        break;
    }
  }

  /** The network of this machine changed. */
  restartIce(): void {
    this.#ways.restartIce();
  }

  /** Closes the connections that media go by. The room can still be looked at as it was. */
  end(): void {
    this.#renewal.stop();
    this.data.end();
    this.#ways.clear();
    this.#settings.encryption.close();
    for (const member of this.members) member.setPeer(undefined);
  }

  forget(): void {
    this.#view = undefined;
    this.#roster.forget();
  }

  #onJoined(): void {
    this.reports.tellAgain();
    this.#settings.encryption.cipher?.memberCame();
  }

  #onEncryption(id: string): void {
    const member = this.#roster.get(id);
    if (member === undefined) return;
    const state = this.#settings.encryption.stateOf(id);
    // Of one of several sources: how it goes with all of them together is the same.
    if (state === member.encryption) return;
    member.setEncryption(state);
    if (state !== undefined) this.#settings.record.add({ type: 'encryption', member: id, state });
    this.#tell('encryptionChanged', member);
  }

  /** Who was lost may come back, and its transfers with it; who left, left them too. */
  #onLeft(member: Member, reason: LeaveReason): void {
    this.data.memberLeft(member.id, reason === 'lost');
    this.reports.forget(member.id);
    this.#settings.encryption.cipher?.memberLeft(member.id);
    this.reception.memberLeft(member.id);
  }

  #enter({ self: id, members, room, iceServers }: Joined): void {
    const self = members.find((member) => member.id === id);
    if (self === undefined) return;
    this.#ways.setIceServers(iceServers);
    this.#ways.begin({ id, role: self.role }, members, room.media);
  }

  #show(view: RoomView, event?: RoomEvent): void {
    const before = this.#view;
    this.#view = view;
    recordMembers(this.#settings.record, view, before, event);
    this.#roster.show(view, before, event);
    this.#ways.goBy(view.info.media);
    this.#tell('changed');
  }
}
