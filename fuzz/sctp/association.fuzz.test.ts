import { fuzzRun } from '../fuzz-run.js';
import { AssociationTarget } from './association-fuzz.js';

fuzzRun('SCTP association', 60_000, (random) => new AssociationTarget(random));
