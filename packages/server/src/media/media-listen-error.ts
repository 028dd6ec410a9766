/** An address and port at which media was to be taken. */
export interface RefusedPort {
  readonly transport: 'UDP' | 'TCP';
  readonly address: string;
  readonly port: number;
  /** The system's name for why not. */
  readonly code: string;
}

/** A media port that could not be opened. */
export class MediaListenError extends Error {
  override readonly name = 'MediaListenError';
  readonly where: RefusedPort;

  constructor(where: RefusedPort) {
    super(`${where.transport} ${where.address} port ${where.port}: ${where.code}`);
    this.where = where;
  }

  get code(): string {
    return this.where.code;
  }
}
