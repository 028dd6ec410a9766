/** What came since the last look. */
export interface FlowReading {
  readonly isFlowing: boolean;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly kbps: number;
}

interface Totals {
  readonly bytes: number;
  readonly atMs: number;
}

/** Reads from a connection's statistics whether anything comes, and how much. */
export class Flow {
  readonly #connection: RTCPeerConnection;
  #before: Totals | null = null;

  constructor(connection: RTCPeerConnection) {
    this.#connection = connection;
  }

  async read(): Promise<FlowReading> {
    let [bytes, width, height, framesPerSecond] = [0, 0, 0, 0];
    for (const row of (await this.#connection.getStats()).values()) {
      if (row.type !== 'inbound-rtp') continue;
      bytes += row.bytesReceived ?? 0;
      if (row.kind !== 'video') continue;
      width = row.frameWidth ?? 0;
      height = row.frameHeight ?? 0;
      framesPerSecond = row.framesPerSecond ?? 0;
    }
    const now = { bytes, atMs: performance.now() };
    const before = this.#before ?? { bytes: 0, atMs: now.atMs - 1_000 };
    this.#before = now;
    const more = Math.max(0, bytes - before.bytes);
    const kbps = Math.round((more * 8) / Math.max(1, now.atMs - before.atMs));
    return { isFlowing: more > 0, width, height, framesPerSecond: Math.round(framesPerSecond), kbps };
  }
}
