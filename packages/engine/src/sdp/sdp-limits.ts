/** What a description from outside may take. A browser that is sent two hundred tracks stays below two thirds of it. */
export const SDP_LIMITS = {
  characters: 256 * 1024,
  lines: 8_000,
  lineCharacters: 4_096,
  sections: 256,
  /** Of one section, or of one trickle fragment: more are left out. */
  candidates: 64,
  /** Of one section: more are left out. */
  rids: 8,
} as const;
