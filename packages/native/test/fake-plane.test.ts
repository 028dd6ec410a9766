import { describe } from 'vitest';
import { datagramsContract } from './datagrams-contract.js';
import { dtlsContract } from './dtls-contract.js';
import { FakeRig } from './fake-rig.js';
import { peersContract } from './peers-contract.js';

describe('the plane of the testkit', () => {
  datagramsContract(() => new FakeRig());
  peersContract(() => new FakeRig());
  dtlsContract(() => new FakeRig());
});
