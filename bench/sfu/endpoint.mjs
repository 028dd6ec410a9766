import { createHmac, randomBytes } from 'node:crypto';
import {
  ATTRIBUTE,
  FORM,
  MESSAGE_CLASS,
  METHOD,
  MessageWriter,
  PEER_ROW,
  PEER_STATE,
  parseHost,
  readMessage,
  TX,
  TX_COLUMNS,
} from '@madang/engine';
import { describe, PAYLOAD_TYPE, readEnd } from './descriptions.mjs';
import { HeardStreams } from './heard-streams.mjs';

const CHECK_AGAIN_MS = 100;
const CONNECT_WITHIN_MS = 15_000;
/** RFC 7675 §5.1, as browsers do it: between 0.8 and 1.2 times of this. */
const CONSENT_MS = 5_000;
const CANDIDATE_PRIORITY = 1_853_824_767;
const AES_128_GCM = 7;

const hmac = { sha1: (key, bytes) => createHmac('sha1', key).update(bytes).digest() };
const bytesOf = (text) => new Uint8Array(Buffer.from(text));

const newCredentials = () => ({ ufrag: randomBytes(4).toString('hex'), pwd: randomBytes(16).toString('hex') });

/**
 * One WebRTC endpoint of the load, on a port and a peer of its own: ICE in the controlling role with consent checks,
 * DTLS-SRTP, reports of what it receives.
 */
export class Endpoint {
  plane;
  ip;
  serverIp;
  port;
  portIx;
  peerIx = -1;
  heard = new HeardStreams();
  /** Over the slab of its plane, once something came. */
  view = null;
  /** Called when the server asks for a keyframe. */
  keyframeWanted = () => {};
  consentAt = Number.POSITIVE_INFINITY;
  #own = newCredentials();
  #next = null;
  #theirs = null;
  #server = -1;
  #transactions = 0;
  #isAnswered = false;
  #settle = null;
  /** Who waits for a check to be answered after a restart. */
  #answered = () => {};

  /** `serverIp`: which of the server's addresses it goes to. */
  constructor(plane, ip, serverIp = ip) {
    this.plane = plane;
    this.ip = ip;
    this.serverIp = serverIp;
    // What comes from a network comes one by one, and so does what goes there.
    const bound = plane.bind({ ip, segments: false, coalesces: false });
    this.port = bound.port;
    this.portIx = bound.portIx;
  }

  /** Where it is, its credentials and its certificate, as a description tells them. */
  get own() {
    return { ip: this.ip, port: this.port, fingerprint: this.plane.fingerprint, ...this.#own };
  }

  /** An offer to send or to receive `sections`, or an answer to those of an offer. */
  describe(sections, direction, setup) {
    return describe({ sections, direction, setup, ...this.own });
  }

  /** Takes the other end's description; the DTLS role is what it leaves to us, or `role`. */
  take(sdp, role) {
    const theirs = readEnd(sdp, this.serverIp);
    this.#theirs = theirs;
    this.#server = this.plane.addressIx(theirs.address, theirs.port);
    this.plane.keepAddress(this.#server);
    const dtls = { role: role ?? (theirs.setup === 'active' ? 'server' : 'client'), fingerprint: theirs.fingerprint };
    this.peerIx = this.plane.openPeer({ dtls });
    return theirs;
  }

  /** Checks until an answer comes, then waits for the keys. Refuses after 15 s, and on another cipher than AES-128-GCM. */
  connect() {
    const begin = performance.now();
    return new Promise((resolve, reject) => {
      const timer = setInterval(() => {
        if (performance.now() - begin > CONNECT_WITHIN_MS) this.#settle(new Error('no connection in time'));
        else if (!this.#isAnswered) this.check();
      }, CHECK_AGAIN_MS);
      this.#settle = (error) => {
        clearInterval(timer);
        if (error) reject(error);
        else resolve();
      };
      this.check();
    });
  }

  /** Sends a check with USE-CANDIDATE; once connected it asks for consent (RFC 7675). */
  check() {
    const transaction = new Uint8Array(12);
    new DataView(transaction.buffer).setUint32(8, ++this.#transactions);
    const writer = new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.REQUEST, transaction);
    writer.add(ATTRIBUTE.USERNAME, bytesOf(`${this.#theirs.ufrag}:${this.#own.ufrag}`));
    writer.addU32(ATTRIBUTE.PRIORITY, CANDIDATE_PRIORITY).add(ATTRIBUTE.ICE_CONTROLLING, new Uint8Array(8));
    writer.add(ATTRIBUTE.USE_CANDIDATE, new Uint8Array(0));
    this.#plain(writer.addIntegrity('sha1', bytesOf(this.#theirs.pwd), hmac).addFingerprint().finish());
  }

  /** Asks for consent when it is due. */
  keepConsent(now) {
    if (now < this.consentAt) return;
    this.consentAt = now + CONSENT_MS * (0.8 + (0.4 * (this.port % 97)) / 97);
    this.check();
  }

  /** The fragment of an ICE restart with credentials of ours (RFC 8840); they are used once `restarted` was called. */
  beginRestart() {
    this.#next = newCredentials();
    return `a=ice-ufrag:${this.#next.ufrag}\r\na=ice-pwd:${this.#next.pwd}\r\n`;
  }

  /** Takes the server's side of an ICE restart, and checks anew: resolves when that is answered, rejects when it is refused. */
  restarted(fragment) {
    const value = (name) => new RegExp(`^a=${name}:(.*?)\\r?$`, 'm').exec(fragment)[1];
    this.#own = this.#next;
    this.#theirs = { ...this.#theirs, ufrag: value('ice-ufrag'), pwd: value('ice-pwd') };
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#settle = (error) => error && reject(error);
      this.check();
    });
  }

  /** Closes its plane, without a word to the other side; who waits for the connection is refused. */
  close() {
    this.#settle?.(new Error('closed'));
    this.plane.close();
  }

  /**
   * Adds an RTP packet to the transmit table; `write` fills its `length` bytes of payload, a DataView. With `repeats`, the
   * number of the packet that it repeats, it is a retransmission (RFC 4588 §4).
   */
  send({ kind, payloadType = PAYLOAD_TYPE[kind], ssrc, seq16, rtpTs, marker, length, write, repeats }) {
    const { tx } = this.plane;
    const at = this.#row(repeats === undefined ? 0 : FORM.RTX, this.peerIx, length);
    write(new DataView(tx.inline.buffer, tx.inline.byteOffset + tx.inlineBytes, length));
    tx.inlineBytes += length;
    tx.rows[at + TX.SSRC] = ssrc | 0;
    tx.rows[at + TX.SEQ16] = seq16 & 0xffff;
    tx.rows[at + TX.RTP_TS] = rtpTs | 0;
    tx.rows[at + TX.PAYLOAD_TYPE] = payloadType | (marker ? 0x80 : 0);
    if (repeats !== undefined) tx.rows[at + TX.ORIGINAL_SEQ16] = repeats;
  }

  /** Adds an RTCP compound to the transmit table. */
  report(bytes) {
    this.#row(FORM.RTCP, this.peerIx, bytes.length);
    this.#inline(bytes);
  }

  /** STUN that came in on this endpoint's port. */
  stun(bytes) {
    const message = readMessage(bytes);
    // A server's own check may come before its description.
    if (typeof message === 'string' || this.#theirs === null) return;
    if (message.messageClass === MESSAGE_CLASS.REQUEST) this.#answer(message);
    else if (message.messageClass === MESSAGE_CLASS.ERROR) this.#settle?.(new Error(`a check: ${message.errorCode()}`));
    else {
      this.#answered();
      if (this.#isAnswered) return;
      this.#isAnswered = true;
      this.plane.admit(this.peerIx, this.#server);
      this.plane.usePath(this.peerIx, this.portIx, this.#server);
    }
  }

  /** What became of the keys, by a row of the receive table. */
  state(rows, at) {
    if (rows[at + PEER_ROW.STATE] !== PEER_STATE.CONNECTED) {
      this.#settle?.(new Error(`DTLS ended with ${rows[at + PEER_ROW.FAILURE]}, alert ${rows[at + PEER_ROW.ALERT]}`));
      return;
    }
    const profile = rows[at + PEER_ROW.SRTP_PROFILE];
    this.consentAt = performance.now() + (CONSENT_MS * (this.port % 89)) / 89;
    this.#settle(profile === AES_128_GCM ? null : new Error(`SRTP profile ${profile} is not AES-128-GCM`));
  }

  /** Full agents check us as well. */
  #answer(message) {
    const address = { host: parseHost(this.#theirs.address), port: this.#theirs.port };
    const answer = new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.SUCCESS, message.transaction);
    answer.addXorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS, address).addIntegrity('sha1', bytesOf(this.#own.pwd), hmac);
    this.#plain(answer.addFingerprint().finish());
  }

  #plain(bytes) {
    const at = this.#row(FORM.PLAIN, this.#server, bytes.length);
    this.plane.tx.rows[at + TX.PORT_IX] = this.portIx;
    this.#inline(bytes);
    this.plane.tx.flush();
  }

  #inline(bytes) {
    const { tx } = this.plane;
    tx.inline.set(bytes, tx.inlineBytes);
    tx.inlineBytes += bytes.length;
  }

  #row(form, destination, length) {
    const { tx } = this.plane;
    if (tx.count === tx.capacity || tx.inlineBytes + length > tx.inline.length) tx.flush();
    const at = tx.count++ * TX_COLUMNS;
    tx.rows.fill(0, at, at + TX_COLUMNS);
    tx.rows[at + TX.SLOT] = -1;
    tx.rows[at + TX.OFFSET] = tx.inlineBytes;
    tx.rows[at + TX.LENGTH] = length;
    tx.rows[at + TX.DESTINATION_IX] = destination;
    tx.rows[at + TX.FORM] = form;
    return at;
  }
}
