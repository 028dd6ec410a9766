import type { Page } from 'playwright-core';

const MIB = 1_048_576;

/**
 * MiB per second through a bare data channel between two pages that do nothing else with it: what a transfer by the
 * program can be compared with. Descriptions are carried over whole, without a server.
 */
export async function bareChannelRate(from: Page, to: Page, mib: number): Promise<number> {
  const offer = await from.evaluate(async () => {
    const pc = new RTCPeerConnection();
    const channel = pc.createDataChannel('bare');
    Object.assign(window, { bare: { pc, channel } });
    const gathered = new Promise<void>((resolve) => {
      pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve();
    });
    await pc.setLocalDescription();
    await gathered;
    return pc.localDescription!.sdp;
  });
  const answer = await to.evaluate(async (sdp) => {
    const pc = new RTCPeerConnection();
    const bare = { pc, bytes: 0 };
    Object.assign(window, { bare });
    pc.ondatachannel = ({ channel }) => {
      channel.binaryType = 'arraybuffer';
      channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        bare.bytes += data.byteLength;
      };
    };
    await pc.setRemoteDescription({ type: 'offer', sdp });
    const gathered = new Promise<void>((resolve) => {
      pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve();
    });
    await pc.setLocalDescription();
    await gathered;
    return pc.localDescription!.sdp;
  }, offer);
  await from.evaluate(
    async ([sdp, bytes]) => {
      const { pc, channel } = (window as unknown as { bare: { pc: RTCPeerConnection; channel: RTCDataChannel } }).bare;
      const opened = new Promise((resolve) => {
        channel.onopen = resolve;
      });
      await pc.setRemoteDescription({ type: 'answer', sdp });
      await opened;
      const frame = new Uint8Array(65_536);
      let left = bytes;
      channel.bufferedAmountLowThreshold = 524_288;
      const pump = (): void => {
        for (; left > 0 && channel.bufferedAmount < 1_048_576; left -= frame.length) channel.send(frame);
      };
      channel.onbufferedamountlow = pump;
      pump();
    },
    [answer, mib * MIB] as const,
  );
  const startMs = performance.now();
  await to.waitForFunction(
    (bytes) => (window as unknown as { bare: { bytes: number } }).bare.bytes >= bytes,
    mib * MIB,
    { timeout: 300_000, polling: 50 },
  );
  const seconds = (performance.now() - startMs) / 1_000;
  for (const page of [from, to]) {
    await page.evaluate(() => (window as unknown as { bare: { pc: RTCPeerConnection } }).bare.pc.close());
  }
  return mib / seconds;
}
