import { protocolError } from '@madang/protocol';
import { messagesIn } from '../messages/index.js';
import { chooseLanguage } from './trust-page.js';

interface PlainPage {
  readonly status: number;
  readonly title: string;
  readonly heading: string;
  readonly advice?: string;
}

/** The answer for an address that does not exist: a page for browsers, the error of the catalogue for programs. */
export function notFound(headers: Headers): Response {
  const { pages } = wordsFor(headers);
  const page = { status: 404, title: pages.notFoundTitle, heading: pages.notFound };
  return isPage(headers)
    ? plainPage(headers, page)
    : Response.json({ ok: false, error: protocolError('not_found') }, { status: 404 });
}

/** The answer when a handler has thrown. What went wrong stands in the log only. */
export function internalError(headers: Headers): Response {
  const { pages } = wordsFor(headers);
  const page = { status: 500, title: pages.internalTitle, heading: pages.internal, advice: pages.internalAdvice };
  return isPage(headers)
    ? plainPage(headers, page)
    : Response.json({ ok: false, error: protocolError('internal') }, { status: 500 });
}

/** The answer in place of the web app where it has not been built. */
export function notBuilt(headers: Headers): Response {
  const { pages } = wordsFor(headers);
  const page = { status: 503, title: pages.noWebAppTitle, heading: pages.noWebApp, advice: pages.noWebAppAdvice };
  if (isPage(headers)) return plainPage(headers, page);
  return new Response(`${page.heading}. ${page.advice}\n`, { status: 503 });
}

function isPage(headers: Headers): boolean {
  return headers.get('accept')?.includes('text/html') === true;
}

function languageFor(headers: Headers) {
  return chooseLanguage(undefined, headers.get('accept-language') ?? undefined);
}

function wordsFor(headers: Headers) {
  return messagesIn(languageFor(headers));
}

function plainPage(headers: Headers, { status, title, heading, advice }: PlainPage): Response {
  const below = advice === undefined ? '' : `<p>${advice}</p>`;
  const html = `<!doctype html>
<html lang="${languageFor(headers)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><h1>${heading}</h1>${below}</body></html>
`;
  return new Response(html, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-cache',
      Vary: 'Accept, Accept-Language',
    },
  });
}
