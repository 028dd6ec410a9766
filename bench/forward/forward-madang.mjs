// The forwarder over Madang's own face: receive table, a policy that is one row per receiver, transmit table.
import { PerformanceObserver } from 'node:perf_hooks';
import { RX, RX_COLUMNS, TX, TX_COLUMNS } from '@madang/engine';
import { openMediaPlane, SRTP_PROFILE } from '@madang/native';

const HEADER_BYTES = 12;
const MARK = 0xfe;
const STOP = 0xff;
const FIRST_SSRC = 1_000;
const SECRET_BYTES = 28;

const cpuUs = ({ user, system }) => user + system;

/** Forwards until the load stops it; resolves with the figures between mark and stop. */
export function forward({ publisher, publisherPort, receivers }, listening) {
  let since = process.cpuUsage();
  let before = null;
  let gcs = 0;
  let gcPauseMs = 0;
  let failed = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      gcs++;
      gcPauseMs = Math.max(gcPauseMs, duration);
    }
  }).observe({ entryTypes: ['gc'] });

  return new Promise((resolve) => {
    const plane = openMediaPlane({ onBatch });
    const { portIx, port } = plane.bind({ ip: '127.0.0.1' });
    const profile = SRTP_PROFILE.AEAD_AES_128_GCM;
    const openPeer = (remotePort, send, receive) => {
      const peerIx = plane.openPeer({ srtp: { profile, send, receive } });
      const addressIx = plane.addressIx('127.0.0.1', remotePort);
      plane.admit(peerIx, addressIx);
      plane.usePath(peerIx, portIx, addressIx);
      return peerIx;
    };
    const unused = Buffer.alloc(SECRET_BYTES);
    openPeer(publisherPort, unused, publisher);
    const peers = Int32Array.from(receivers, (receiver) => openPeer(receiver.port, receiver.secret, unused));
    listening(port);

    function onBatch(rx, tx) {
      for (let row = 0; row < rx.count; row++) {
        const at = row * RX_COLUMNS;
        if (rx.rows[at + RX.PEER_IX] >= 0) forwardRow(rx, at, tx);
        else if (control(rx.slab[rx.rows[at + RX.SLOT] * rx.slotBytes])) return;
      }
    }

    function forwardRow({ rows, slab, slotBytes }, at, tx) {
      const slot = rows[at + RX.SLOT];
      const head = slot * slotBytes;
      const length = rows[at + RX.LENGTH] - HEADER_BYTES;
      const payloadType = slab[head + 1];
      const seq16 = (slab[head + 2] << 8) | slab[head + 3];
      const rtpTs = (slab[head + 4] << 24) | (slab[head + 5] << 16) | (slab[head + 6] << 8) | slab[head + 7];
      for (let ix = 0; ix < peers.length; ix++) {
        if (tx.count === tx.capacity) tx.flush();
        const to = tx.count++ * TX_COLUMNS;
        const out = tx.rows;
        out[to + TX.SLOT] = slot;
        out[to + TX.OFFSET] = HEADER_BYTES;
        out[to + TX.LENGTH] = length;
        out[to + TX.DESTINATION_IX] = peers[ix];
        out[to + TX.FORM] = 0;
        out[to + TX.SSRC] = FIRST_SSRC + ix;
        out[to + TX.SEQ16] = seq16;
        out[to + TX.RTP_TS] = rtpTs;
        out[to + TX.PAYLOAD_TYPE] = payloadType;
      }
    }

    /** Begins and ends what is measured; true at the end. */
    function control(firstByte) {
      if (firstByte === MARK) {
        since = process.cpuUsage();
        before = plane.counts();
        gcs = gcPauseMs = 0;
      }
      if (firstByte !== STOP) return false;
      const used = cpuUs(process.cpuUsage(since));
      const after = plane.counts();
      if (process.env.BENCH_COUNTS) console.error(Object.fromEntries(Object.entries(after).filter(([, c]) => c > 0)));
      failed = after.txRefused + after.txQueueFull + after.txProtectFailed + after.rxSrtpAuthentication;
      plane.close();
      const forwarded = after.sent - before.sent;
      setImmediate(() => resolve({ cpuUs: used, forwarded, failed, gcs, gcPauseMs }));
      return true;
    }
  });
}
