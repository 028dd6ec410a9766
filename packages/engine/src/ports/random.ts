/** Where ids and secrets come from. The server gives a cryptographic one, tests a seeded one. */
export interface Random {
  /** A name that nobody else has: at least 64 bits of randomness, printable without escaping. */
  id(): string;
  /** What nobody can guess: at least 128 bits of randomness, at most 128 printable characters. */
  secret(): string;
  /** From 0 to 2^32 - 1, each as likely. */
  uint32(): number;
}
