import type { Direction, StepId } from '@madang/client';
import type { InspectorTexts } from '../inspector-texts.js';
import { candidateRows } from './candidate-rows.js';
import { type Connection, factsOf } from './connections.js';

/** A rung of a connection in a few words. Undefined where there is nothing to tell yet. */
export function rungNote(step: StepId, connection: Connection, { inspector }: InspectorTexts): string | undefined {
  switch (step) {
    case 'candidates-sent':
      return candidateCounts(connection, 'sent');
    case 'candidates-received':
      return candidateCounts(connection, 'received');
    case 'checks': {
      const pairs = factsOf(connection, 'pairs').at(-1)?.pairs ?? [];
      const succeeded = pairs.filter(({ state }) => state === 'succeeded').length;
      return pairs.length === 0 ? undefined : inspector.note.pairs(pairs.length, succeeded);
    }
    case 'path': {
      const path = factsOf(connection, 'path').at(-1)?.path;
      return path && `${inspector.path.kind[path.kind]}, ${path.protocol.toUpperCase()}`;
    }
    case 'first-sent':
    case 'first-rendered': {
      const what = step === 'first-sent' ? ['frame-sent', 'packet-sent'] : ['frame-rendered'];
      const sources = factsOf(connection, 'first').filter((fact) => what.includes(fact.what));
      const names = new Set(sources.map(({ source }) => inspector.source[source]));
      return names.size === 0 ? undefined : [...names].join(', ');
    }
    default:
      return undefined;
  }
}

/** `2 host, 1 srflx`. */
function candidateCounts(connection: Connection, direction: Direction): string | undefined {
  const counts = new Map<string, number>();
  for (const { type } of candidateRows(connection, direction)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts.size === 0 ? undefined : [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
}
