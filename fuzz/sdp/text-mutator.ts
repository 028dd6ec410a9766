import type { SeededRandom } from '@madang/testkit';

const NUMBERS = [
  '0',
  '1',
  '15',
  '16',
  '127',
  '128',
  '255',
  '65535',
  '65536',
  '4294967295',
  '4294967296',
  '99999999999999999999',
];
const WORDS = [
  '',
  ' ',
  '*',
  '-1',
  'NaN',
  '__proto__',
  'constructor',
  '\t',
  '\u0000',
  '한글',
  '%00',
  '<b>',
  'a=b',
  '1e9',
  '~0',
];
const LINES = [
  'a=mid:0',
  'a=mid:__proto__',
  'a=group:BUNDLE 0 1 2',
  'a=group:BUNDLE',
  'a=group:LS 0 1',
  'a=ice-lite',
  'a=ice-options:trickle ice2',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuv',
  'a=setup:active',
  'a=setup:passive',
  'a=setup:holdconn',
  'a=sendonly',
  'a=recvonly',
  'a=inactive',
  'a=rtcp-mux',
  'a=bundle-only',
  'a=extmap-allow-mixed',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=extmap:1/recvonly urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:97 rtx/90000',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:97 apt=97',
  'a=fmtp:63 111/111/111/111',
  'a=rtcp-fb:* nack pli',
  'a=rid:hi send pt=96;max-width=1280',
  'a=rid:lo recv',
  'a=simulcast:send hi;~lo recv 1,2',
  'a=ssrc:1 cname:x',
  'a=ssrc-group:FID 1 2',
  'a=ssrc-group:SIM 1 2 3',
  'a=ssrc-group:FID 1 1',
  'a=msid:- -',
  'a=sctp-port:5000',
  'a=sctpmap:5000 webrtc-datachannel 65535',
  'a=max-message-size:9007199254740993',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR|2^20|1:32',
  'a=candidate:1 1 udp 2130706431 192.0.2.1 9 typ host',
  'a=candidate:2 1 tcp 1 metadata.internal 80 typ host tcptype active generation 0 ufrag abcd',
  'a=candidate:3 2 UDP 0 fe80::1%eth0 0 typ srflx raddr 10.0.0.1 rport 99999',
  'a=end-of-candidates',
  'b=TIAS:99999999999999',
  'b=AS:-1',
  'm=audio 0 UDP/TLS/RTP/SAVPF 0',
  'm=video 9 RTP/AVP 96',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
];

/** Makes texts out of seeds: lines left out, doubled, put elsewhere, changed, cut, or taken from another seed. */
export class TextMutator {
  readonly random: SeededRandom;
  readonly #seeds: readonly (readonly string[])[];

  constructor(random: SeededRandom, seeds: readonly string[]) {
    this.random = random;
    this.#seeds = seeds.map((seed) => seed.split(/\r?\n/));
  }

  /** A seed with `most` changes at most. */
  next(most = 6): string {
    const { random } = this;
    const lines = [...random.pick(this.#seeds)];
    for (let count = random.below(most + 1); count > 0; count--) this.#change(lines);
    return lines.join(random.chance(0.9) ? '\r\n' : '\n');
  }

  /** A text of others with changes. */
  changed(text: string, most = 3): string {
    const lines = text.split('\r\n');
    for (let count = this.random.below(most + 1); count > 0; count--) this.#change(lines);
    return lines.join('\r\n');
  }

  #change(lines: string[]): void {
    const { random } = this;
    const ix = random.below(lines.length);
    const line = lines[ix] ?? '';
    const way = random.below(10);
    if (way === 0) lines.splice(ix, 1);
    else if (way === 1) lines.splice(ix, 0, line);
    else if (way === 2) lines.splice(random.below(lines.length), 0, ...lines.splice(ix, 1 + random.below(8)));
    else if (way === 3) lines[ix] = line.slice(0, random.below(line.length + 1));
    else if (way === 4) lines[ix] = this.#written(line);
    else if (way === 5) lines[ix] = line.replace(/\d+/, random.pick(NUMBERS));
    else if (way === 6) lines[ix] = this.#otherWord(line);
    else if (way === 7) lines.splice(ix, 0, random.pick(LINES));
    else if (way === 8) lines.splice(ix, 0, random.pick(random.pick(this.#seeds)));
    else if (random.chance(0.05)) lines[ix] = line + line.slice(-8).repeat(random.below(600));
    else lines[ix] = random.pick(LINES);
  }

  #written(line: string): string {
    const at = this.random.below(line.length + 1);
    const character = String.fromCharCode(
      this.random.chance(0.9) ? 32 + this.random.below(95) : this.random.below(256),
    );
    return line.slice(0, at) + character + line.slice(at + this.random.below(2));
  }

  #otherWord(line: string): string {
    const words = line.split(' ');
    const word = this.random.chance(0.5) ? this.random.pick(WORDS) : this.random.pick(NUMBERS);
    words[this.random.below(words.length)] = word;
    return words.join(' ');
  }
}
