import type { MemberEvent, MemberId } from '@madang/engine';

/** Who in a room has the name that a viewer wished for, as members come and go; who is there longest is first. */
export class NamedMembers {
  readonly #name: string;
  #ids: readonly MemberId[];

  constructor(name: string, ids: readonly MemberId[]) {
    this.#name = name;
    this.#ids = ids;
  }

  /** All of them, if they are others than before. */
  heed(event: MemberEvent): readonly MemberId[] | null {
    if (event.type === 'member-left') return this.#set(event.member, false);
    if (event.type !== 'member-joined' && event.type !== 'member-changed') return null;
    const { id, name } = event.member;
    return this.#set(id, name === this.#name);
  }

  #set(id: MemberId, isNamed: boolean): readonly MemberId[] | null {
    if (this.#ids.includes(id) === isNamed) return null;
    this.#ids = isNamed ? [...this.#ids, id] : this.#ids.filter((known) => known !== id);
    return this.#ids;
  }
}
