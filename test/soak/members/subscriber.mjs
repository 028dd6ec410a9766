import { HeardStreams } from '../../../bench/sfu/heard-streams.mjs';
import {
  EXTENSION,
  ExtensionIds,
  ExtensionPlaces,
  RTCP,
  RtcpWriter,
  TransportFeedback,
  writeNack,
  writePli,
} from '../../../packages/engine/dist/rtp/index.js';
import { TransportArrivals } from '../../../packages/engine/dist/stream/index.js';
import { answerTo, readOffer } from './descriptions.mjs';
import { LightConnection } from './light-connection.mjs';
import { PictureReceiver } from './picture-receiver.mjs';

const OWN_SSRC = 1;
const REPORT_EVERY_MS = 1_000;
/** On a line without a delay of its own. */
const ROUND_TRIP_MS = 20;
const MOST_BYTES = 1_100;
const MOST_LOST = 64;
const MOST_ARRIVALS = 2_048;

/** A light member's subscribing connection: what it is sent, what it asks for again, and what it reports. */
export class Subscriber {
  connection;
  #onFrame;
  /** By SSRC, as signed numbers: {mid, picture}, and by that of the retransmissions too. */
  #streams = new Map();
  #ids = new ExtensionIds();
  #places = new ExtensionPlaces();
  #arrivals = new TransportArrivals(MOST_ARRIVALS);
  #feedback = new TransportFeedback(MOST_ARRIVALS);
  #heard = new HeardStreams();
  #writer = new RtcpWriter();
  #bytes = new Uint8Array(MOST_BYTES);
  #lost = new Uint16Array(MOST_LOST);
  #reportAt = 0;

  /** `onFrame`: called with the section's mid and the time for each picture that could be decoded. */
  constructor({ addresses, onFrame }) {
    this.connection = new LightConnection(addresses);
    this.connection.onRtp = (header, bytes, now) => this.#rtp(header, bytes, now);
    this.connection.onRtcp = (cursor, now) => {
      if (cursor.type === RTCP.SENDER_REPORT) this.#heard.senderReport(cursor, now);
    };
    this.#onFrame = onFrame;
  }

  /** Takes an offer and gives the answer. */
  answer(sdp) {
    const offered = readOffer(sdp);
    const before = this.#streams;
    this.#streams = new Map();
    for (const section of offered) this.#expect(section, before);
    return answerTo(this.connection.endpoint.own, offered);
  }

  /** Does what is due of reports and requests. */
  tick(now) {
    if (!this.connection.isConnected) return;
    for (const { picture, ssrc, isRtx } of this.#streams.values()) if (picture && !isRtx) this.#ask(picture, ssrc, now);
    while (this.#arrivals.due(now, this.#feedback)) {
      this.#report((writer) => this.#feedback.write(writer, OWN_SSRC, 0));
    }
    if (now >= this.#reportAt) {
      this.#reportAt = now + REPORT_EVERY_MS;
      const report = this.#heard.report(OWN_SSRC, now);
      if (report !== null) this.connection.endpoint.report(report);
    }
    this.connection.keepConsent(now);
    this.connection.flush();
  }

  #expect({ kind, mid, direction, ssrc, rtxSsrc, transportSeqId }, before) {
    if (transportSeqId !== undefined) this.#ids.set(EXTENSION.TRANSPORT_SEQ, transportSeqId);
    if (direction !== 'sendonly' || ssrc === undefined) return;
    const known = before.get(ssrc | 0);
    const picture =
      kind === 'audio' ? null : (known?.picture ?? new PictureReceiver(ssrc, (now) => this.#onFrame(mid, now)));
    this.#streams.set(ssrc | 0, { ssrc, picture, isRtx: false });
    if (rtxSsrc !== undefined) this.#streams.set(rtxSsrc | 0, { ssrc: rtxSsrc, picture, isRtx: true });
  }

  #rtp(header, bytes, now) {
    this.#places.read(bytes, header, this.#ids);
    const at = this.#places.at(EXTENSION.TRANSPORT_SEQ);
    if (at >= 0) this.#arrivals.received((bytes[at] << 8) | bytes[at + 1], now);
    const stream = this.#streams.get(header.ssrc);
    if (stream === undefined) return;
    this.#heard.packet(header.ssrc, header.seq16);
    if (stream.isRtx) stream.picture.repeated(header, bytes, now);
    else stream.picture?.received(header, bytes, now);
  }

  #ask(picture, ssrc, now) {
    const count = picture.stream.nacks.due(now, ROUND_TRIP_MS, this.#lost);
    if (count > 0) this.#report((writer) => writeNack(writer, OWN_SSRC, ssrc, this.#lost, count));
    if (picture.wantsKeyframe(now)) this.#report((writer) => writePli(writer, OWN_SSRC, ssrc));
  }

  #report(write) {
    const writer = this.#writer.begin(this.#bytes, 0, MOST_BYTES);
    if (write(writer)) this.connection.endpoint.report(this.#bytes.subarray(0, writer.length));
  }
}
