import { PEER_STATE } from '@madang/engine';
import { DtlsIdentity, hasAddon } from '@madang/native';
import { afterEach, describe, expect, test } from 'vitest';
import { Side } from './dtls-contract.js';
import { NativeRig } from './native-rig.js';

describe.runIf(hasAddon())('peers that are keyed by real DTLS', () => {
  const rig = new NativeRig();
  afterEach(() => rig.close());

  test('a lost hello is sent again', async () => {
    const [client, server] = [new Side(rig), new Side(rig)];
    server.open('server', client.plane.fingerprint);
    client.open('client', server.plane.fingerprint);
    client.toward(server);
    await rig.until(() => server.plane.counts().rxDtlsUnproven === 1);
    server.toward(client);
    await rig.until(() => server.states.length === 1);
    expect(server.states[0]!.state).toBe(PEER_STATE.CONNECTED);
  });

  test('several planes can be one identity', () => {
    const identity = DtlsIdentity.generate();
    const planes = [1, 2].map(() => rig.open({ onBatch: () => {}, identity: identity.exportPem() }));
    expect(planes.map((plane) => plane.fingerprint)).toEqual([identity.fingerprint, identity.fingerprint]);
    const nonsense = { certificate: 'no', key: 'no' };
    expect(() => rig.open({ onBatch: () => {}, identity: nonsense })).toThrow('PEM');
  });
});
