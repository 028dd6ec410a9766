import { hasAddon } from '@madang/native';
import { describe } from 'vitest';
import { datagramsContract } from './datagrams-contract.js';
import { dtlsContract } from './dtls-contract.js';
import { NativeRig } from './native-rig.js';
import { peersContract } from './peers-contract.js';

describe.runIf(hasAddon())('the plane of the addon', () => {
  datagramsContract(() => new NativeRig());
  peersContract(() => new NativeRig());
  dtlsContract(() => new NativeRig());
});
