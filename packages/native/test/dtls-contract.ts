import { FORM, KIND, PEER_FAILURE, PEER_ROW, PEER_STATE, RX, RX_COLUMNS } from '@madang/engine';
import type { MediaPlane } from '@madang/native';
import { afterEach, expect, test } from 'vitest';
import { type Rig, Station } from './rig.js';

interface State {
  readonly state: number;
  readonly failure: number;
  readonly profile: number;
}

/** A station that writes down what happened to its one peer. */
export class Side {
  readonly station: Station;
  readonly states: State[] = [];
  readonly plane: MediaPlane;
  peerIx = -1;

  constructor(rig: Rig) {
    this.station = new Station(rig);
    this.plane = this.station.plane;
    this.station.onBatch = ({ rows, count }) => {
      for (let at = 0; at < count * RX_COLUMNS; at += RX_COLUMNS) {
        if (rows[at + RX.KIND] !== KIND.PEER_STATE) continue;
        const column = (name: keyof typeof PEER_ROW) => rows[at + PEER_ROW[name]]!;
        this.states.push({ state: column('STATE'), failure: column('FAILURE'), profile: column('SRTP_PROFILE') });
      }
    };
  }

  open(role: 'client' | 'server', fingerprint?: string): void {
    this.peerIx = this.plane.openPeer({ dtls: { role, ...(fingerprint && { fingerprint }) } })!;
  }

  toward(other: Side): void {
    const addressIx = this.station.addressOf({ ip: '127.0.0.1', port: other.station.port.port });
    this.plane.admit(this.peerIx, addressIx);
    this.plane.usePath(this.peerIx, this.station.port.portIx, addressIx);
  }
}

/** What every media plane does for peers that are keyed by DTLS. */
export function dtlsContract(makeRig: () => Rig): void {
  const rig = makeRig();
  afterEach(() => rig.close());

  const sides = (): [client: Side, server: Side] => [new Side(rig), new Side(rig)];

  function connect(client: Side, server: Side): void {
    server.open('server', client.plane.fingerprint);
    client.open('client', server.plane.fingerprint);
    server.toward(client);
    client.toward(server);
  }

  test('a handshake keys both, and packets pass both ways', async () => {
    const [client, server] = sides();
    connect(client, server);
    await rig.until(() => client.states.length === 1 && server.states.length === 1);
    for (const { states } of [client, server])
      expect(states).toEqual([{ state: PEER_STATE.CONNECTED, failure: PEER_FAILURE.NONE, profile: 7 }]);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.station.row({ DESTINATION_IX: from.peerIx, OFFSET: from.station.inline(Buffer.from('media')), LENGTH: 5 });
      from.plane.tx.flush();
      await rig.until(() => to.station.seen.some((row) => row.kind === KIND.RTP));
      expect(to.station.seen.at(-1)!.bytes.subarray(12).toString()).toBe('media');
    }
  });

  test('data go through the session as rows', async () => {
    const [client, server] = sides();
    connect(client, server);
    await rig.until(() => client.states.length === 1 && server.states.length === 1);
    const sctp = Buffer.from('an SCTP packet');
    const row = { FORM: FORM.PEER_DATA, DESTINATION_IX: client.peerIx, LENGTH: sctp.length };
    for (let ix = 0; ix < 3; ix++) client.station.row({ ...row, OFFSET: client.station.inline(sctp) });
    client.plane.tx.flush();
    const data = () => server.station.seen.filter((seen) => seen.kind === KIND.PEER_DATA);
    await rig.until(() => data().length === 3);
    expect(data().map((seen) => [seen.bytes.toString(), seen.peerIx])).toEqual(
      Array(3).fill(['an SCTP packet', server.peerIx]),
    );
  });

  test('a certificate that is not the announced one fails the session, and there are no keys', async () => {
    const [client, server] = sides();
    server.open('server', Array(32).fill('01').join(':'));
    client.open('client', server.plane.fingerprint);
    server.toward(client);
    client.toward(server);
    await rig.until(() => server.states.length === 1);
    expect(server.states[0]).toMatchObject({ state: PEER_STATE.FAILED, failure: PEER_FAILURE.FINGERPRINT });
    server.station.row({ DESTINATION_IX: server.peerIx, LENGTH: 0 });
    server.plane.tx.flush();
    expect(server.plane.counts().txNoKeys).toBe(1);
  });

  test('a handshake waits for the fingerprint, and ends when it comes', async () => {
    const [client, server] = sides();
    server.open('server');
    client.open('client', server.plane.fingerprint);
    server.toward(client);
    client.toward(server);
    await rig.until(() => server.plane.counts().received >= 2);
    expect(server.states).toEqual([]);
    server.plane.setFingerprint(server.peerIx, client.plane.fingerprint);
    await rig.until(() => client.states.length === 1 && server.states.length === 1);
    expect(server.states[0]!.state).toBe(PEER_STATE.CONNECTED);
  });

  test('records from an address that has not passed a check are refused', async () => {
    const [client, server] = sides();
    server.open('server', client.plane.fingerprint);
    client.open('client', server.plane.fingerprint);
    client.toward(server);
    await rig.until(() => server.plane.counts().rxDtlsUnproven > 0);
    expect(server.plane.counts().sent).toBe(0);
    expect(server.states).toEqual([]);
  });

  test('a check and the hello behind it in one batch are enough', async () => {
    const [client, server] = sides();
    server.open('server', client.plane.fingerprint);
    client.open('client', server.plane.fingerprint);
    const watch = server.station.onBatch;
    server.station.onBatch = (rx, tx) => {
      watch(rx, tx);
      if (rx.rows[RX.KIND] === KIND.STUN) server.plane.admit(server.peerIx, rx.rows[RX.ADDRESS_IX]!);
    };
    const to = client.station.addressOf({ ip: '127.0.0.1', port: server.station.port.port });
    client.station.sendPlain(Buffer.from([0, 1, 0, 0]), to);
    client.plane.tx.flush();
    client.toward(server);
    await rig.until(() => server.states.length === 1);
    expect(server.plane.counts().rxDtlsUnproven).toBe(0);
  });

  test('the end of one session is told to the other', async () => {
    const [client, server] = sides();
    connect(client, server);
    await rig.until(() => client.states.length === 1 && server.states.length === 1);
    client.plane.closePeer(client.peerIx);
    await rig.until(() => server.states.length === 2);
    expect(server.states[1]!.state).toBe(PEER_STATE.CLOSED);
  });
}
