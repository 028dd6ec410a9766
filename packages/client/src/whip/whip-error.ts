/** What a WHIP or WHEP request was refused with. Decide by `code`, which stays (docs/whip.md); sentences may change. */
export class WhipError extends Error {
  override readonly name = 'WhipError';
  /** Empty when the answer was no problem details of Madang's. */
  readonly code: string;
  readonly status: number;
  /** How long to wait before trying again, where the server says so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, about: { code: string; status: number; retryAfterMs?: number | undefined }) {
    super(message);
    this.code = about.code;
    this.status = about.status;
    this.retryAfterMs = about.retryAfterMs;
  }
}

/** Reads a refusal. */
export async function whipError(response: Response): Promise<WhipError> {
  const told = (await response.json().catch(() => ({}))) as { code?: unknown; title?: unknown; detail?: unknown };
  const sentences = [told.title, told.detail].filter((text) => typeof text === 'string');
  const retryAfterS = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new WhipError(sentences.join(' ') || `The server answered ${response.status}.`, {
    code: typeof told.code === 'string' ? told.code : '',
    status: response.status,
    retryAfterMs: Number.isFinite(retryAfterS) ? retryAfterS * 1_000 : undefined,
  });
}
