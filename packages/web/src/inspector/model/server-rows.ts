import type { CandidateFact } from '@madang/client';
import { type Connection, factsOf } from './connections.js';

/** What a STUN or TURN server has said to one connection. */
export interface ServerRow {
  readonly url: string;
  /**
   * `answered`: it gave addresses. `failed`: nothing but errors. `silent`: neither, and the browser has stopped waiting; a
   * STUN server that sees the machine's own address gives nothing either. `waiting`: not yet.
   */
  readonly state: 'answered' | 'failed' | 'silent' | 'waiting';
  /** Types of the addresses that it gave, with how many of each. */
  readonly gave: readonly { readonly type: CandidateFact['type']; readonly count: number }[];
  /** When the first came, on the clock of the record. */
  readonly firstMs: number | undefined;
  /** Each once, as the browser put it: on several network interfaces the same goes wrong. */
  readonly errors: readonly { readonly code: number; readonly text: string }[];
}

/** A row for each server that the browser was told or has spoken of, in that order. */
export function serverRows({ facts, iceServers }: Pick<Connection, 'facts' | 'iceServers'>): readonly ServerRow[] {
  const given = factsOf({ facts }, 'candidate').filter(({ direction }) => direction === 'sent');
  const errors = factsOf({ facts }, 'candidate-error');
  const isOver =
    factsOf({ facts }, 'gathering').at(-1)?.state === 'complete' ||
    factsOf({ facts }, 'candidates-end').some(({ direction }) => direction === 'sent');
  const spokenOf = [...given.flatMap(({ candidate: { url } }) => url ?? []), ...errors.map(({ url }) => url)];
  return [...new Set([...iceServers, ...spokenOf])]
    .filter((url) => url !== '')
    .map((url) => {
      const own = given.filter(({ candidate }) => candidate.url === url && candidate.type !== 'host');
      const failures = errors.filter((error) => error.url === url);
      const waits = isOver ? 'silent' : 'waiting';
      return {
        url,
        state: own.length > 0 ? 'answered' : failures.length > 0 ? 'failed' : waits,
        gave: counted(own.map(({ candidate }) => candidate.type)),
        firstMs: own[0]?.atMs,
        errors: [...new Map(failures.map(({ code, text }) => [`${code} ${text}`, { code, text }])).values()],
      };
    });
}

function counted(types: readonly CandidateFact['type'][]): ServerRow['gave'] {
  return [...new Set(types)].map((type) => ({ type, count: types.filter((each) => each === type).length }));
}
