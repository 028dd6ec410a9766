import { EXTENSION_URI, type ExtensionName } from '../rtp/index.js';
import { type Direction, receives, sends } from './direction.js';
import type { ExtensionLine } from './session-description.js';

/** An id that both sides have agreed on, the same in every section of a connection. */
export interface NegotiatedExtension {
  readonly name: ExtensionName;
  readonly id: number;
}

const NAMES = new Map(Object.entries(EXTENSION_URI).map(([name, uri]) => [uri as string, name as ExtensionName]));

/** Of no use where we send: the one stream that a subscription gets has no RID. */
const RECEIVED_ONLY: ReadonlySet<ExtensionName> = new Set(['RID', 'REPAIRED_RID']);
const OF_ONE_KIND: ReadonlyMap<ExtensionName, string> = new Map<ExtensionName, string>([
  ['AUDIO_LEVEL', 'audio'],
  ['VIDEO_ORIENTATION', 'video'],
  ['PLAYOUT_DELAY', 'video'],
  ['DEPENDENCY_DESCRIPTOR', 'video'],
  ['RID', 'video'],
  ['REPAIRED_RID', 'video'],
]);

/** The extensions that have a use in a section. */
export function usefulExtensions(kind: string, direction: Direction): ExtensionName[] {
  return (Object.keys(EXTENSION_URI) as ExtensionName[]).filter(
    (name) => (OF_ONE_KIND.get(name) ?? kind) === kind && (receives(direction) || !RECEIVED_ONLY.has(name)),
  );
}

/**
 * The ids of one connection while a description is answered. An id means one extension throughout a BUNDLE (RFC 9143 §9.2,
 * RFC 8285 §5): where an offer uses it for two (aiortc 1.4 does), the first keeps it and the other is left out.
 */
export class ExtensionIds {
  readonly #uris = new Map<number, string>();

  constructor(known: readonly { readonly extensions: readonly NegotiatedExtension[] }[]) {
    for (const { name, id } of known.flatMap(({ extensions }) => extensions)) this.#uris.set(id, EXTENSION_URI[name]);
  }

  /** What of a section's extensions is taken. `direction` is ours; ids above 14 need headers of two bytes. */
  take(
    offered: readonly ExtensionLine[],
    kind: string,
    direction: Direction,
    allowsTwoByte: boolean,
  ): NegotiatedExtension[] {
    const useful = usefulExtensions(kind, direction);
    const taken: NegotiatedExtension[] = [];
    for (const { id, uri, direction: theirs } of offered) {
      const name = NAMES.get(uri);
      if (id < 1 || id === 15 || id > (allowsTwoByte ? 255 : 14)) continue;
      const first = this.#uris.get(id);
      if (first === undefined) this.#uris.set(id, uri);
      else if (first !== uri) continue;
      if (name === undefined || !useful.includes(name) || taken.some((other) => other.name === name)) continue;
      if (agrees(theirs, direction)) taken.push({ name, id });
    }
    return taken;
  }
}

/** Whether an extension that is offered in one direction only goes the way our section goes. */
function agrees(theirs: Direction | null, ours: Direction): boolean {
  if (theirs === null || ours === 'inactive') return true;
  return (sends(theirs) && receives(ours)) || (receives(theirs) && sends(ours));
}

/** The lines that an agreement is written as. */
export function extensionLines(extensions: readonly NegotiatedExtension[]): ExtensionLine[] {
  return extensions.map(({ name, id }) => ({ id, uri: EXTENSION_URI[name], direction: null }));
}
