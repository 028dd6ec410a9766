import { fuzzRun } from '../fuzz-run.js';
import { ForwardingFuzz } from './forwarding-fuzz.js';

fuzzRun('forwarding', 15_000, (random) => new ForwardingFuzz(random));
