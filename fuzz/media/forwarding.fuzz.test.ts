import { fuzzRun } from '../fuzz-run.js';
import { ForwardingFuzz } from './forwarding-fuzz.js';

fuzzRun('forwarding', 12_000, (random) => new ForwardingFuzz(random));
