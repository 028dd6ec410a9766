import type { Fact } from './fact.js';

/**
 * What a fact says something about: of facts with the same key the newest tells the state, and the oldest since when.
 * Two states of a connection are two keys, so that the first time of each can be told.
 */
export function factKey(fact: Fact): string {
  return [fact.type, 'peer' in fact ? fact.peer : '', ...details(fact)].join('\n');
}

function details(fact: Fact): readonly (string | number)[] {
  switch (fact.type) {
    case 'media-asked':
    case 'media-got':
    case 'media-failed':
    case 'media-ended':
      return [fact.source];
    case 'media-muted':
      return [fact.source, fact.by === 'system' ? 'system' : 'person'];
    case 'signaling':
    case 'gathering':
    case 'ice':
    case 'connection':
    case 'dtls':
      return [fact.state];
    case 'member':
    case 'member-left':
      return [fact.id];
    case 'encryption':
      return [fact.member];
    case 'report':
      return [fact.from];
    case 'description':
      return [fact.direction, fact.kind];
    case 'candidate':
      return [fact.direction, fact.candidate.type];
    case 'candidates-end':
      return [fact.direction];
    case 'candidate-error':
      return [fact.url, fact.code];
    case 'first':
      return [fact.what, fact.source, fact.member ?? ''];
    case 'playback':
      return [fact.source, fact.member ?? ''];
    case 'forwarding':
      return [fact.source, fact.member];
    case 'wanted':
      return [fact.source];
    case 'move':
      return [fact.to, fact.state];
    default:
      return [];
  }
}
