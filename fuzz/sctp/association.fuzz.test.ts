import { fuzzRun } from '../fuzz-run.js';
import { AssociationTarget } from './association-fuzz.js';

fuzzRun('SCTP association', 20_000, (random) => new AssociationTarget(random));
