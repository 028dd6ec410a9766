// libdatachannel with its own DTLS and libsrtp as the other end.
import * as datachannel from 'node-datachannel';
import { afterAll, describe, expect, test } from 'vitest';
import { DtlsIdentity, hasAddon } from '../src/index.js';
import { MirrorPeer } from './mirror-peer.js';
import { rtpPacket } from './rtp-packet.js';

const SSRC = 4242;
const PAYLOAD_TYPE = 96;

afterAll(() => datachannel.cleanup());

/** The whole offer with its candidates, from a peer with a track of VP8. */
async function offering(): Promise<{ peer: datachannel.PeerConnection; track: datachannel.Track; offer: string }> {
  const peer = new datachannel.PeerConnection('other', { iceServers: [], bindAddress: '127.0.0.1' });
  const video = new datachannel.Video('video', 'SendRecv');
  video.addVP8Codec(PAYLOAD_TYPE);
  video.addSSRC(SSRC, 'other');
  const track = peer.addTrack(video);
  await new Promise<void>((resolve) => {
    peer.onGatheringStateChange((state) => state === 'complete' && resolve());
    peer.setLocalDescription('offer');
  });
  return { peer, track, offer: peer.localDescription()!.sdp };
}

describe.runIf(hasAddon())("libdatachannel's DTLS and libsrtp", () => {
  test.each(['server', 'client'] as const)('with us as DTLS %s, packets go there and come back', async (role) => {
    const mirror = await MirrorPeer.open(DtlsIdentity.generate(), role);
    const { peer, track, offer } = await offering();
    const opened = new Promise<void>((resolve) => track.onOpen(resolve));
    const returned: Buffer[] = [];
    track.onMessage((packet) => {
      returned.push(packet);
      mirror.endpoint.wake();
    });
    mirror.trust(offer);
    peer.setRemoteDescription(mirror.answer(offer), 'answer');
    expect(await mirror.endpoint.settled()).toMatchObject({ type: 'connected' });
    await opened;
    const packets = Array.from({ length: 20 }, (_, ix) => {
      const packet = rtpPacket({ ssrc: SSRC, seq16: 65_530 + ix, payload: Buffer.alloc(1000, ix) });
      packet[1] = PAYLOAD_TYPE;
      return packet;
    });
    for (const packet of packets) {
      track.sendMessageBinary(packet);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const media = () => returned.filter((packet) => packet[1] === PAYLOAD_TYPE);
    await mirror.endpoint.until(() => media().length === packets.length);
    expect(mirror.rtpTaken).toBe(packets.length);
    expect(media().map((packet) => packet.subarray(12))).toEqual(packets.map((packet) => packet.subarray(12)));
    expect(media().every((packet) => packet.readUInt32BE(8) === mirror.ssrc)).toBe(true);
    // It understands our good-bye.
    const told = new Promise<void>((resolve) => {
      peer.onStateChange((state) => (state === 'closed' || state === 'disconnected') && resolve());
    });
    mirror.endpoint.close();
    await told;
    peer.close();
  });
});
