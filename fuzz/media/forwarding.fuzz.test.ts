import { fuzzRun } from '../fuzz-run.js';
import { ForwardingFuzz } from './forwarding-fuzz.js';

fuzzRun('forwarding', 36_000, (random) => new ForwardingFuzz(random));
