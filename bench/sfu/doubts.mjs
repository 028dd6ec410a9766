/** From this share of a core on, the load generator is taken for the limit. */
const FULL = 0.9;
/** As much of the time may it have waited for its core. */
const MOST_WAITING = 0.1;
/** So late may all but a hundredth of its bursts leave. */
const MOST_LATENESS_MS = 5;

/** Why a run is not to be trusted, by what the load says of itself; empty when there is nothing. */
export function doubtsOf({ cpuShare, waitedShare, latenessP99, drops, unsent, unopened, duplicates, strange }) {
  const doubts = [];
  if (cpuShare > FULL) doubts.push(`the load used ${percent(cpuShare)} of its core`);
  if (waitedShare > MOST_WAITING) doubts.push(`the load waited ${percent(waitedShare)} of the time for its core`);
  if (latenessP99 > MOST_LATENESS_MS)
    doubts.push(`a hundredth of the bursts left ${latenessP99.toFixed(1)} ms late or later`);
  if (drops > 0) doubts.push(`${drops} packets dropped at the load's sockets`);
  if (unsent > 0) doubts.push(`${unsent} packets that the load could not send`);
  if (unopened > 0) doubts.push(`${unopened} packets that were not authentic, or came again`);
  if (duplicates > 0) doubts.push(`${duplicates} packets came twice`);
  if (strange > 0) doubts.push(`${strange} packets that nobody sent`);
  return doubts;
}

const percent = (share) => `${Math.round(100 * share)} %`;
