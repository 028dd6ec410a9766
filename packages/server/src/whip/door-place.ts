import { RoomName } from '@madang/protocol';

/** WHIP takes media in, WHEP gives it out. */
export type DoorKind = 'whip' | 'whep';

/** What a path is about. `room` is null where there can be no room of that name; `session` is null for the door itself. */
export interface DoorPlace {
  readonly door: DoorKind;
  readonly room: string | null;
  readonly session: string | null;
}

/** Reads `/whip/ROOM`, `/whep/ROOM` and the paths of their sessions below a base path; null for any other path. */
export function readDoorPlace(path: string, basePath: string): DoorPlace | null {
  if (!path.startsWith(`${basePath}/`)) return null;
  const [, door, room, session] = /^\/(whip|whep)\/([^/]+)(?:\/([^/]*))?$/.exec(path.slice(basePath.length)) ?? [];
  if (door === undefined || room === undefined) return null;
  return { door: door as DoorKind, room: nameOf(room), session: session === '' ? null : (session ?? null) };
}

/** The path of a session, base path included. */
export function sessionPath(
  basePath: string,
  { door, room, session }: DoorPlace & { room: string; session: string },
): string {
  return `${basePath}/${door}/${encodeURIComponent(room)}/${session}`;
}

function nameOf(segment: string): string | null {
  try {
    return RoomName.safeParse(decodeURIComponent(segment)).data ?? null;
  } catch {
    return null;
  }
}
