import { ESTIMATE_STEPS_BPS, QUEUE_STEPS_MS } from '@madang/engine';
import type { MediaReading } from './media-reading.js';

/** Values of a metric by what they are about: by those of its label, or one under `''`. */
export type MetricValues = Readonly<Record<string, number>>;

export interface MediaMetric {
  readonly kind: 'gauge' | 'counter';
  /** Behind `madang_media_`. */
  readonly name: string;
  readonly help: string;
  /** What it has besides `thread`. */
  readonly label: string | null;
  readonly read: (reading: MediaReading) => MetricValues;
}

const one = (value: number): MetricValues => ({ '': value });

/** What `/metrics` tells of each media thread that answers. */
export const MEDIA_METRICS: readonly MediaMetric[] = [
  gauge('connections', 'Publishers and viewers.', ({ router }) => router.connections),
  gauge('rooms', 'Rooms with a connection.', ({ router }) => router.rooms),
  gauge('publications', 'Tracks that are given into rooms.', ({ router }) => router.publications),
  gauge('subscriptions', 'Tracks that viewers see.', ({ router }) => router.subscriptions),
  gauge('peers', 'Other sides that have keys, or are to have some.', ({ plane }) => plane.peersOpen),
  gauge(
    'deadlines',
    'Rooms with something to do at a certain time, and other sides whose checks are awaited.',
    ({ router }) => router.deadlines,
  ),
  gauge('held_packets', 'Packets kept for retransmissions.', ({ router }) => router.heldSlots),
  gauge(
    'lost_packets',
    'Packets of publishers that have not come, late ones taken off.',
    ({ router }) => router.sums.lost,
  ),
  gauge('heap_bytes', 'JavaScript heap in use.', ({ load }) => load.heapBytes),
  {
    kind: 'gauge',
    name: 'event_loop_lag_seconds',
    help: 'How late the event loop came, by quantile, since the scrape before.',
    label: 'quantile',
    read: ({ load }) => ({ '0.5': load.lagP50Seconds, '0.99': load.lagP99Seconds, '1': load.lagMaxSeconds }),
  },
  counter('busy_seconds_total', 'Time in which the event loop was not waiting.', null, ({ load }) =>
    one(load.busySeconds),
  ),
  counter('cpu_seconds_total', 'CPU time of the thread, where the system tells of threads.', null, ({ load }) => {
    return load.cpuSeconds === null ? {} : one(load.cpuSeconds);
  }),
  counter('datagrams_total', 'Datagrams, frames over TCP among them.', 'direction', ({ plane }) => {
    return { received: plane.received, sent: plane.sent };
  }),
  counter('bytes_total', 'Bytes of datagrams, frames over TCP among them.', 'direction', ({ plane }) => {
    return { received: plane.receivedBytes, sent: plane.sentBytes };
  }),
  gauge('tcp_connections', 'Connections of ICE over TCP.', ({ plane }) => plane.connectionsOpen),
  counter('tcp_refused_total', 'Connections that were not taken, or not kept, by reason.', 'reason', ({ plane }) => {
    return {
      too_many: plane.connectionsRefused,
      no_stun: plane.connectionsForeign,
      unproven: plane.connectionsUnproven,
    };
  }),
  counter('packets_total', 'Media packets of publishers, to viewers, and to them once more.', 'what', ({ router }) => {
    const { packets: published, forwarded, repeated } = router.sums;
    return { published, forwarded, repeated };
  }),
  counter('payload_bytes_total', 'Bytes of media of publishers.', null, ({ router }) => one(router.sums.bytes)),
  counter('repair_total', 'Packets asked for again, and what came of those of publishers.', 'what', ({ router }) => {
    const { nacks, recovered, givenUp, repeatsAsked } = router.sums;
    return { asked_of_publishers: nacks, recovered, given_up: givenUp, asked_by_viewers: repeatsAsked };
  }),
  counter('keyframe_requests_total', 'Keyframes wished by viewers, and asked of publishers.', 'what', ({ router }) => {
    const { keyframesWished, keyframesAsked } = router.sums;
    return { by_viewers: keyframesWished, of_publishers: keyframesAsked };
  }),
  counter('layer_switches_total', 'How often a viewer was moved to another encoding or layer.', null, ({ router }) => {
    return one(router.sums.layerSwitches);
  }),
  gauge('data_lanes', 'Data channels by which members say something to their rooms.', ({ router }) => router.lanes),
  counter(
    'data_messages_total',
    'What members said, and to how many it was passed on.',
    'what',
    ({ router: { data } }) => {
      return { said: data.said, passed: data.passed };
    },
  ),
  counter('data_bytes_total', 'Bytes of that.', 'what', ({ router: { data } }) => {
    return { said: data.saidBytes, passed: data.passedBytes };
  }),
  counter(
    'data_unheard_total',
    'Messages that a member was not given, by reason.',
    'reason',
    ({ router: { data } }) => data.unheard,
  ),
  counter(
    'data_lanes_closed_total',
    'Data channels that were closed for what was said on them, or because they can be no lanes, by reason.',
    'reason',
    ({ router: { data } }) => ({ message: data.refused, no_lane: data.refusedLanes }),
  ),
  counter('data_resent_total', 'Parts of messages that were sent again.', null, ({ router }) =>
    one(router.data.resent),
  ),
  counter(
    'data_packets_dropped_total',
    'Packets of SCTP, or chunks, that were passed over.',
    'reason',
    ({ router }) => {
      return router.data.packets as MetricValues;
    },
  ),
  labelled('viewers', 'Viewers by what tells of their lines.', 'told_by', ({ lines }) => lines.by),
  gauge('viewer_estimate_bits_per_second', 'What the lines of all viewers take, where it is known.', ({ lines }) => {
    return lines.estimateBps;
  }),
  labelled('viewers_by_estimate', 'Viewers whose line takes at most so many bits a second.', 'le', ({ lines }) => {
    return byStep(ESTIMATE_STEPS_BPS, lines.estimates);
  }),
  labelled(
    'viewers_by_queue',
    'Viewers whose packets wait on their way for at most so many seconds.',
    'le',
    (reading) => {
      return byStep(
        QUEUE_STEPS_MS.map((ms) => ms / 1000),
        reading.lines.queues,
      );
    },
  ),
  labelled(
    'pictures',
    'Pictures of viewers by why they are sent in their layer.',
    'reason',
    ({ lines }) => lines.pictures,
  ),
  gauge('waiting_packets', 'Packets that wait here for their viewer’s line.', ({ lines }) => lines.waiting),
  counter('waited_total', 'Packets that had to wait for their viewer’s line.', null, ({ router }) =>
    one(router.sums.waited),
  ),
  counter(
    'line_probes_total',
    'Attempts to send a viewer more, and those that told something.',
    'what',
    ({ router }) => {
      return { begun: router.sums.lineProbes, told: router.sums.lineProbesTold };
    },
  ),
  counter('dropped_total', 'What came or was to go and was dropped, by reason.', 'reason', droppedOf),
];

/** At the sockets, at the keys, at the peers and at the rooms, in the order of a packet's way. */
function droppedOf({ plane, router: { sums } }: MediaReading): MetricValues {
  return {
    too_long: plane.rxTooLong,
    empty: plane.rxEmpty,
    no_slot: plane.rxNoSlot,
    no_address: plane.rxNoAddress + plane.txNoAddress,
    no_keys: plane.rxNoKeys + plane.txNoKeys,
    dtls_unproven: plane.rxDtlsUnproven,
    srtp_malformed: plane.rxSrtpMalformed,
    srtp_authentication: plane.rxSrtpAuthentication,
    srtp_replayed: plane.rxSrtpReplayed,
    srtp_other: plane.rxSrtpOther + plane.txProtectFailed,
    malformed: sums.malformed,
    unknown_source: sums.unknownSource,
    duplicate: sums.duplicates,
    probe: sums.probes,
    stranger: sums.strangers,
    unrouted: sums.unrouted,
    no_peer: plane.txNoPeer,
    no_port: plane.txNoPort,
    bad_row: plane.txBadRow,
    queue_full: plane.txQueueFull,
    refused: plane.txRefused,
    frame_queue_full: plane.framesDropped,
  };
}

function gauge(name: string, help: string, read: (reading: MediaReading) => number): MediaMetric {
  return { kind: 'gauge', name, help, label: null, read: (reading) => one(read(reading)) };
}

function labelled(
  name: string,
  help: string,
  label: string,
  read: (reading: MediaReading) => MetricValues,
): MediaMetric {
  return { kind: 'gauge', name, help, label, read };
}

/** As the buckets of a histogram: each has those of the one before. */
function byStep(steps: readonly number[], counts: readonly number[]): MetricValues {
  return Object.fromEntries(counts.map((count, ix) => [ix < steps.length ? String(steps[ix]) : '+Inf', count]));
}

function counter(
  name: string,
  help: string,
  label: string | null,
  read: (reading: MediaReading) => MetricValues,
): MediaMetric {
  return { kind: 'counter', name, help, label, read };
}
