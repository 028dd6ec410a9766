import { Publisher } from './publisher.mjs';
import { Signaling } from './signaling.mjs';
import { Subscription } from './subscription.mjs';

/** A member without a browser: signaling as a client's, a connection to publish by and one to be sent the others by. */
export class LightMember {
  name;
  /** What it sends: microphone, camera and screen. */
  media = { microphone: 'on', camera: 'on', screen: 'off' };
  isSharing = false;
  /** By id. */
  members = new Map();
  #about;
  #signaling;
  #self;
  #publisher;
  #subscription;
  #encodings = new Map();
  #isGone = false;

  /** `about`: {url, room, addresses, clips, tiles, clock, complain}. */
  constructor(name, about) {
    this.name = name;
    this.#about = about;
  }

  async join() {
    const { url, room, addresses, clips } = this.#about;
    this.#signaling = new Signaling(
      url,
      (event) => this.#hear(event),
      (reason) => this.#fail(`lost its signaling: ${reason}`),
    );
    const joined = await this.request('join', {
      protocol: 1,
      room,
      name: this.name,
      mode: 'sfu',
      modes: ['sfu'],
      media: this.media,
    });
    this.#self = joined.self;
    for (const member of joined.members) this.members.set(member.id, member);
    this.#publisher = new Publisher({ addresses, clips });
    this.#publisher.connection.onEnd = () => this.#fail('its publishing connection was ended');
    this.#subscription = new Subscription(this, this.#about);
    this.#subscription.refresh();
    const { sdp } = await this.#publish();
    await this.#publisher.connection.connect(sdp);
    for (const source of ['camera', 'screen']) this.#tellTiles(source);
  }

  request(name, payload) {
    return this.#signaling.request(name, payload);
  }

  /** The others in the room. */
  get others() {
    return [...this.members.values()].filter(({ id }) => id !== this.#self);
  }

  get subscription() {
    return this.#subscription;
  }

  /** Something is not as it must be; who caused it by going is not to blame. */
  blame(what) {
    if (!this.#isGone) this.#about.complain(`${this.name} ${what}`);
  }

  get isGone() {
    return this.#isGone;
  }

  async setMuted(source, isMuted) {
    const state = isMuted ? 'muted' : 'on';
    if (!isMuted) await this.request('media', { media: { [source]: state } });
    this.media[source] = state;
    this.#tellTiles(source);
    if (isMuted) await this.request('media', { media: { [source]: state } });
  }

  async share(isOn) {
    this.isSharing = isOn;
    if (!isOn) {
      this.media.screen = 'off';
      this.#tellTiles('screen');
    }
    this.#publisher.setScreen(isOn);
    await this.#publish();
    await this.request('media', { media: { screen: isOn ? 'on' : 'off' } });
    this.media.screen = isOn ? 'on' : 'off';
    this.#tellTiles('screen');
  }

  /** Sends, asks and reports what is due. */
  tick(now) {
    if (this.#isGone) return;
    this.#publisher?.send(now, (source) => this.media[source] === 'on');
    this.#subscription?.tick(now);
  }

  async leave() {
    this.#end();
    await this.request('leave', {}).catch(() => {});
    this.#publisher?.connection.sayGoodbye();
    this.#subscription?.sayGoodbye();
    this.#close();
    this.#signaling.close();
  }

  /** Without a word. */
  vanish() {
    this.#end();
    this.#close();
    this.#signaling.drop();
  }

  async #publish() {
    return await this.request('publish', { generation: 1, ...this.#publisher.describe() });
  }

  #end() {
    this.#isGone = true;
    const { tiles, clock } = this.#about;
    for (const source of ['camera', 'screen']) tiles.stopped(`${this.name}/${source}`, clock.now());
    tiles.left(this.name, clock.now());
  }

  #close() {
    this.#publisher?.connection.close();
    this.#subscription?.close();
  }

  #fail(what) {
    if (this.#isGone) return;
    this.blame(what);
    this.vanish();
  }

  #tellTiles(source) {
    const { tiles, clock } = this.#about;
    const key = `${this.name}/${source}`;
    const isSent = this.media[source] === 'on' && this.#publisher.connection.isConnected && !this.#isGone;
    if (source === 'microphone') return;
    if (isSent) tiles.sends(key, clock.now());
    else tiles.stopped(key, clock.now());
  }

  #hear(event) {
    if (event.type === 'member-joined' || event.type === 'member-changed') {
      this.members.set(event.member.id, event.member);
      this.#subscription?.refresh();
      if (event.member.id === this.#self) this.#heed();
    } else if (event.type === 'member-left') {
      this.members.delete(event.member);
      this.#subscription?.refresh();
    } else if (event.type === 'wanted') {
      for (const { track, encodings } of event.changes) this.#encodings.set(track, encodings);
      this.#heed();
    } else if (event.type === 'forwarding') {
      this.#subscription?.forwarded(event.changes);
    } else if (event.type === 'media-ended') {
      this.#fail(`was told that its connection to ${event.connection} ended: ${event.reason}`);
    }
  }

  /** Which encodings are wanted may be told before or after the tracks have their ids. */
  #heed() {
    for (const { id, source } of this.members.get(this.#self)?.tracks ?? []) {
      const encodings = this.#encodings.get(id);
      if (encodings !== undefined) this.#publisher?.want(source, encodings);
    }
  }
}
