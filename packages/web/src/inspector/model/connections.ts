import { type Fact, type PeerId, SERVER_PUBLISH, SERVER_SUBSCRIBE } from '@madang/client';

export type PeerFact = Extract<Fact, { peer: PeerId }>;
export type PeerFactOf<T extends PeerFact['type']> = Extract<PeerFact, { type: T }>;

/** What is known of one connection: the facts since its RTCPeerConnection was opened. */
export interface Connection {
  readonly peer: PeerId;
  /** As the other is called; its id where nobody told a name. */
  readonly name: string;
  /** Everybody's, by id: tracks of several members may come by it. */
  readonly names: ReadonlyMap<string, string>;
  readonly openedMs: number | undefined;
  /** The other has left, or the connection was closed and none opened since. */
  readonly isOver: boolean;
  readonly facts: readonly PeerFact[];
  /** URLs of the STUN and TURN servers that the browser was told last. */
  readonly iceServers: readonly string[];
}

/** The connections that the facts tell of, in the order in which the others came; members without one yet included. */
export function connectionsOf(facts: readonly Fact[]): readonly Connection[] {
  const found = new Map<PeerId, PeerFact[]>();
  const names = memberNames(facts);
  const gone = new Set<string>();
  const self = facts.findLast((fact) => fact.type === 'self')?.id;
  const iceServers = facts.findLast((fact) => fact.type === 'ice-servers')?.urls ?? [];
  for (const fact of facts) {
    if (fact.type === 'member') gone.delete(fact.id);
    if (fact.type === 'member' && !found.has(fact.id) && fact.id !== self) found.set(fact.id, []);
    if (fact.type === 'member-left') gone.add(fact.id);
    if ('peer' in fact) note(found, fact);
  }
  const isServed = [SERVER_PUBLISH, SERVER_SUBSCRIBE].some((peer) => isOpen(found.get(peer)));
  // Where media go through the server, members have no connections of their own.
  return [...found]
    .filter(([, own]) => own.length > 0 || !isServed)
    .map(([peer, own]) => ({
      peer,
      name: names.get(peer) ?? peer,
      names,
      openedMs: own.find((fact) => fact.type === 'connection-opened')?.atMs,
      isOver: gone.has(peer) || own.at(-1)?.type === 'connection-closed',
      facts: own,
      iceServers,
    }));
}

function isOpen(facts: readonly PeerFact[] | undefined): boolean {
  return facts !== undefined && facts.length > 0 && facts.at(-1)?.type !== 'connection-closed';
}

/** A new RTCPeerConnection makes the facts of the one before past history. */
function note(found: Map<PeerId, PeerFact[]>, fact: PeerFact): void {
  const own = found.get(fact.peer);
  if (own === undefined || fact.type === 'connection-opened') found.set(fact.peer, [fact]);
  else own.push(fact);
}

/** Everybody's last known name by id. */
export function memberNames(facts: readonly Fact[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const fact of facts) if (fact.type === 'member') names.set(fact.id, fact.name);
  return names;
}

/** The facts of one type of a connection, oldest first. */
export function factsOf<T extends PeerFact['type']>(
  { facts }: Pick<Connection, 'facts'>,
  type: T,
): readonly PeerFactOf<T>[] {
  return facts.filter((fact): fact is PeerFactOf<T> => fact.type === type);
}
