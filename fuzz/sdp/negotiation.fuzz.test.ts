import { fuzzRun } from '../fuzz-run.js';
import { NegotiationFuzz } from './negotiation-fuzz.js';

fuzzRun('negotiation', 1_000, (random) => new NegotiationFuzz(random));
