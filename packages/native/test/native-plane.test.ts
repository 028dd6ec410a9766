import { hasAddon } from '@madang/native';
import { describe } from 'vitest';
import { datagramsContract } from './datagrams-contract.js';
import { NativeRig } from './native-rig.js';

describe.runIf(hasAddon())('the plane of the addon', () => {
  datagramsContract(() => new NativeRig());
});
