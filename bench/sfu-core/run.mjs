// What forwarding costs in JavaScript alone: nanoseconds and bytes of heap for each row that is written, without sockets
// and keys. Packets of VP8 in batches of seven to S viewers, with history, from InboundStream to the transmit row.
import { PerformanceObserver } from 'node:perf_hooks';
import { Sending } from '../../packages/engine/dist/peer/index.js';
import { TX_COLUMNS } from '../../packages/engine/dist/ports/index.js';
import {
  ExtensionIds,
  ExtensionPlaces,
  RtpHeader,
  readRtpHeader,
  rtpPacket,
} from '../../packages/engine/dist/rtp/index.js';
import { Sfu } from '../../packages/engine/dist/sfu/index.js';
import {
  InboundStream,
  KeyframeRequests,
  RtxPayloadTypes,
  SenderClock,
} from '../../packages/engine/dist/stream/index.js';

const SLOTS = 4096;
const SLOT_BYTES = 2048;
const BATCH = 7;
const WARM_UP = 20_000;
const PAYLOAD_BYTES = 1200;
const ROWS = 4_000_000;
const RUNS = 3;

let collections = 0;
new PerformanceObserver((list) => {
  collections += list.getEntries().length;
}).observe({ entryTypes: ['gc'] });

/** Numbers that a seed gives: the first ones of each stream. */
function seeded() {
  let state = 1;
  return { uint32: () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) };
}

/** One publisher, as many viewers; `forward(packets)` runs so many through. */
function stage(viewers) {
  const held = new Uint8Array(SLOTS);
  const slots = {
    hold: (slot) => {
      held[slot] = 1;
    },
    release: (slot) => {
      held[slot] = 0;
    },
  };
  const slab = new Uint8Array(SLOTS * SLOT_BYTES);
  const rows = new Int32Array(8192 * TX_COLUMNS);
  const tx = { rows, capacity: 8192, count: 0, inline: new Uint8Array(64 * 1024), inlineBytes: 0, flush };
  let written = 0;
  function flush() {
    written += tx.count;
    tx.count = 0;
    tx.inlineBytes = 0;
  }
  const sfu = new Sfu({ slots, mostHeldSlots: SLOTS / 2 });
  const ids = new ExtensionIds();
  const inbound = new InboundStream({ ssrc: 1, clockHz: 90_000, asksAgain: true, senderClock: new SenderClock() });
  const publication = sfu.publish('video');
  const source = sfu.addSource(publication, {
    publisher: { extensionIds: ids },
    codec: 0,
    clock: inbound.clock,
    missing: inbound.nacks,
    keyframes: new KeyframeRequests(),
    wantKeyframe: () => {},
    historyPackets: 1024,
    rank: 0,
    rid: null,
  });
  const random = seeded();
  const rtxTypes = new RtxPayloadTypes();
  const types = Int8Array.from({ length: 128 }, (_, type) => type);
  for (let viewer = 0; viewer < viewers; viewer++) {
    const to = {
      planeIx: viewer,
      sending: new Sending(),
      cname: 's',
      extensionIds: ids,
      takesTwoByteExtensions: true,
      form: 4,
    };
    const stream = { viewer: to, kind: 'video', ssrc: 1000 + viewer, rtxSsrc: 5000 + viewer, midIx: -1 };
    sfu.subscribe({ ...stream, rtxTypes, clockHz: 90_000, random }).watch(publication, types);
  }
  const header = new RtpHeader();
  const places = new ExtensionPlaces();
  const payload = new Uint8Array(PAYLOAD_BYTES);
  payload.set([0x90, 0xe0, 0x80, 0, 0, 0, 0x10]);
  const template = rtpPacket({ payloadType: 96, seq16: 0, rtpTs: 0, ssrc: 1, payload });
  for (let slot = 0; slot < SLOTS; slot++) slab.set(template, slot * SLOT_BYTES);
  const rx = { rows: new Int32Array(0), count: 0, slab, slotBytes: SLOT_BYTES };
  let nth = 0;
  let slot = 0;

  function arrive(now) {
    while (held[slot] === 1) slot = (slot + 1) % SLOTS;
    const at = slot * SLOT_BYTES;
    const frame = (nth / BATCH) | 0;
    const isFirst = nth % BATCH === 0;
    slab[at + 2] = nth >> 8;
    slab[at + 3] = nth;
    const ticks = frame * 3000;
    slab[at + 4] = ticks >> 24;
    slab[at + 5] = ticks >> 16;
    slab[at + 6] = ticks >> 8;
    slab[at + 7] = ticks;
    slab[at + 12] = isFirst ? 0x90 : 0x80;
    slab[at + 14] = 0x80 | ((frame >> 8) & 0x7f);
    slab[at + 15] = frame;
    // The first picture is a keyframe, the others are not.
    slab[at + 18] = nth === 0 ? 0x10 : 0x11;
    readRtpHeader(slab, at, template.length, header);
    places.read(slab, header, ids);
    const extended = inbound.received(header.seq16, header.rtpTs, now);
    const packet = sfu.run.next(source);
    packet.header.copy(header);
    packet.places.copy(places);
    packet.slab = slab;
    packet.slot = slot;
    packet.slotAt = at;
    packet.extended = extended;
    sfu.run.add();
    nth++;
    slot = (slot + 1) % SLOTS;
  }

  return (packets) => {
    const before = written;
    for (let done = 0; done < packets; done += BATCH) {
      sfu.begin(rx, tx, 1000 + (nth / BATCH) * 33);
      const now = 1000 + (nth / BATCH) * 33;
      for (let ix = 0; ix < BATCH; ix++) arrive(now);
      sfu.run.end();
      flush();
    }
    return written - before;
  };
}

function measure(forward, packets) {
  globalThis.gc();
  const [heap, gcs] = [process.memoryUsage().heapUsed, collections];
  const begin = process.cpuUsage();
  const rows = forward(packets);
  const { user, system } = process.cpuUsage(begin);
  const bytes = process.memoryUsage().heapUsed - heap;
  return {
    rows,
    nsPerRow: ((user + system) * 1000) / rows,
    bytesPerPacket: bytes / packets,
    bytesPerRow: bytes / rows,
    gcs: collections - gcs,
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

console.log('viewers      rows   ns/row   ns/packet   heap bytes/packet   heap bytes/row');
for (const viewers of [1, 10, 50, 200]) {
  const forward = stage(viewers);
  forward(WARM_UP);
  const packets = Math.floor(ROWS / viewers / BATCH) * BATCH;
  const runs = Array.from({ length: RUNS }, () => measure(forward, Math.min(packets, 400_000)));
  const ns = median(runs.map(({ nsPerRow }) => nsPerRow));
  const columns = [viewers, runs[0].rows, ns.toFixed(0), (ns * viewers).toFixed(0)];
  columns.push(median(runs.map(({ bytesPerPacket }) => bytesPerPacket)).toFixed(2));
  columns.push(median(runs.map(({ bytesPerRow }) => bytesPerRow)).toFixed(3));
  console.log(columns.map((value, ix) => String(value).padStart([7, 10, 9, 12, 20, 17][ix])).join(''));
}
