/** What a description from outside may take. Browsers with every codec and thirty tracks stay below a fifth of it. */
export const SDP_LIMITS = {
  characters: 256 * 1024,
  lines: 5_000,
  lineCharacters: 4_096,
  sections: 128,
  /** Of one section, or of one trickle fragment: more are left out. */
  candidates: 64,
  /** Of one section: more are left out. */
  rids: 8,
} as const;
