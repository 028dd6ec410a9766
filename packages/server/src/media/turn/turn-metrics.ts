import { Counter, type Registry } from 'prom-client';
import { gauge } from '../../observe/index.js';
import type { TurnLoop } from './turn-loop.js';

type Labelled = Readonly<Record<string, number | undefined>>;

/** Shows what a TURN server counts, in `/metrics`. */
export function registerTurnMetrics(registry: Registry, loop: TurnLoop): void {
  gauge(registry, 'madang_turn_allocations', 'TURN allocations.', () => loop.sizes().allocations);
  gauge(registry, 'madang_turn_users', 'Users with a TURN allocation.', () => loop.sizes().users);
  gauge(registry, 'madang_turn_relays', 'Relayed addresses.', () => loop.sizes().relays);
  gauge(registry, 'madang_turn_streams', 'Connections of clients over TCP and TLS.', () => loop.sizes().streams);
  counter(registry, 'madang_turn_answers_total', 'Answers to requests, by method and outcome.', 'answer', () => {
    return loop.counts().answered;
  });
  counter(
    registry,
    'madang_turn_dropped_total',
    'What came and was not answered or passed on, by reason.',
    'reason',
    () => {
      return loop.counts().dropped;
    },
  );
  counter(registry, 'madang_turn_ended_total', 'Allocations that have ended, by reason.', 'reason', () => {
    return loop.counts().ended;
  });
  counter(registry, 'madang_turn_relayed_packets_total', 'Datagrams passed on.', 'to', () => {
    const { packetsToPeers: peer, packetsToClients: client } = loop.counts();
    return { peer, client };
  });
  counter(registry, 'madang_turn_relayed_bytes_total', 'Bytes of datagrams passed on, without headers.', 'to', () => {
    const { bytesToPeers: peer, bytesToClients: client } = loop.counts();
    return { peer, client };
  });
  counter(registry, 'madang_turn_socket_failures_total', 'Relayed sockets that could not be opened.', 'code', () => {
    return Object.fromEntries([...loop.relays.failures, ...loop.tcpRelays.failures]);
  });
  counter(registry, 'madang_turn_udp_lost_total', 'Datagrams lost at the UDP sockets, by reason.', 'reason', () => {
    return lostAtSockets(loop);
  });
  counter(registry, 'madang_turn_refused_streams_total', 'Connections closed at once: too many.', 'reason', () => {
    return { too_many: loop.streams.refused };
  });
}

function lostAtSockets(loop: TurnLoop): Labelled {
  const counts = loop.planeCounts();
  return {
    too_long: counts.rxTooLong,
    empty: counts.rxEmpty,
    no_slot: counts.rxNoSlot,
    no_address: counts.rxNoAddress + counts.txNoAddress,
    no_port: counts.txNoPort,
    queue_full: counts.txQueueFull,
    refused: counts.txRefused,
    bad_row: counts.txBadRow,
  };
}

/** A counter that is counted elsewhere, and read when it is asked for. */
function counter(registry: Registry, name: string, help: string, label: string, read: () => Labelled): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count ?? 0);
    },
  });
}
