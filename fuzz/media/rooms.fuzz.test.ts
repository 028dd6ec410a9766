import { fuzzRun } from '../fuzz-run.js';
import { RoomsFuzz } from './rooms-fuzz.js';

fuzzRun('rooms', 1_000, (random) => new RoomsFuzz(random));
