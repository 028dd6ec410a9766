import type { Encoding, StaticFile } from './static-site.js';

/** The answer that carries a file of the web app, or says that the browser has it already (RFC 9110 §13.1.2). */
export async function fileResponse(file: StaticFile, headers: Headers): Promise<Response> {
  const etag = await file.etag();
  const answer = new Headers({
    'Content-Type': file.contentType,
    'Cache-Control': file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
    Vary: 'Accept-Encoding',
  });
  if (
    headers
      .get('if-none-match')
      ?.split(',')
      .some((tag) => tag.trim().replace(/^W\//, '') === etag)
  ) {
    return new Response(null, { status: 304, headers: answer });
  }
  const encoding = acceptedEncoding(headers.get('accept-encoding') ?? '');
  const compressed = encoding === undefined ? null : await file.compressed(encoding);
  if (encoding !== undefined && compressed !== null) answer.set('Content-Encoding', encoding);
  const body = compressed ?? (await file.content());
  answer.set('Content-Length', String(body.length));
  return new Response(new Uint8Array(body), { headers: answer });
}

function acceptedEncoding(header: string): Encoding | undefined {
  const accepted = header
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => !/;\s*q=0(?:\.0*)?$/.test(entry))
    .map((entry) => entry.replace(/;.*$/, ''));
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : undefined;
}
