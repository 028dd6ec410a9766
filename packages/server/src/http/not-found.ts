import { protocolError } from '@madang/protocol';

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not found</title></head>
<body><h1>There is nothing at this address</h1><p lang="ko">이 주소에는 아무것도 없습니다.</p></body></html>
`;

/** The answer for an address that does not exist: a page for browsers, the error of the catalogue for programs. */
export function notFound(headers: Headers): Response {
  if (headers.get('accept')?.includes('text/html')) {
    return new Response(PAGE, { status: 404, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  }
  return Response.json({ ok: false, error: protocolError('not_found') }, { status: 404 });
}

/** The answer when a handler has thrown. What went wrong stands in the log only. */
export function internalError(): Response {
  return Response.json({ ok: false, error: protocolError('internal') }, { status: 500 });
}
