import { getSystemErrorName } from 'node:util';

/** A port could not be opened. `code` is the system's name for why, such as `EADDRINUSE` or `EACCES`. */
export class BindError extends Error {
  override readonly name = 'BindError';
  readonly code: string;

  /** `errno` is positive, as C has it. */
  constructor(errno: number, ip: string, port: number) {
    const code = getSystemErrorName(-errno);
    super(`bind ${code} ${ip.includes(':') ? `[${ip}]` : ip}:${port}`);
    this.code = code;
  }
}
