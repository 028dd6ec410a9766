import { availableParallelism } from 'node:os';

/** The command on one core, where there are several. */
export const pinned = (core, command) =>
  availableParallelism() > 1 ? ['taskset', '-c', String(core), ...command] : command;
