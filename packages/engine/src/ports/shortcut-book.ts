/**
 * Datagrams from one address that come in on one port go on to another one, in the addon and without a row. Numbers are
 * those of a header of four bytes, a number and a length of 16 bits each: ChannelData (RFC 8656 §12.4).
 */
export interface Shortcut {
  /** A port that is not for peers. */
  readonly fromPortIx: number;
  readonly fromAddressIx: number;
  readonly toPortIx: number;
  readonly toAddressIx: number;
  /** Only datagrams with a header of this number and more behind it, which go on without it; -1: every one, as it is. */
  readonly takesNumber: number;
  /** They get a header of this number; -1: none. */
  readonly putsNumber: number;
  /** In which tally they count: 0 to 3. */
  readonly tally: number;
  /** How long it holds at most, milliseconds from now. */
  readonly forMs: number;
}

/**
 * The shortcuts there are. A datagram that is not well formed takes none, and neither does one whose source has a row in the
 * same batch: it comes as a row. So what is decided about a datagram holds for all that came behind it.
 */
export interface ShortcutBook {
  /** Packets of each tally at `2 * tally`, their bytes without headers behind it. */
  readonly shortened: Float64Array;
  /**
   * The index of a new shortcut; null when there is no room, when a port or an address is not there, or when there is one
   * for the same datagrams. Its addresses are kept until it is closed. It ends with its ports, and is to be closed all the
   * same.
   */
  openShortcut(shortcut: Shortcut): number | null;
  closeShortcut(shortcutIx: number): void;
}
