import { TRUST_TEXTS, type TrustLanguage } from './trust-text.js';

const STYLE = `
:root{color-scheme:light dark}
body{font:1rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1.5rem 1rem 4rem;word-break:keep-all;overflow-wrap:anywhere}
h1{line-height:1.25}
nav{text-align:right}
.get{display:inline-block;padding:.7rem 1.2rem;border-radius:.6rem;background:#20543f;color:#fff;text-decoration:none;font-weight:600}
code{font-size:.85rem}
summary{font-weight:600;cursor:pointer;padding:.5rem 0}
details{border-top:1px solid #8886}
`;

export interface TrustPage {
  readonly language: TrustLanguage;
  readonly nonce: string;
  readonly basePath: string;
  /** The authority's, as pairs of hexadecimal digits with colons. */
  readonly fingerprint: string;
}

/** Explains, without any script, how a device comes to trust the local authority. */
export function renderTrustPage(page: TrustPage): string {
  const text = TRUST_TEXTS[page.language];
  const other = page.language === 'en' ? 'ko' : 'en';
  const link = `<a href="${page.basePath}/authority.crt">authority.crt</a>`;
  const systems = text.systems.map(({ name, steps }) => {
    const items = steps.map((step) => `<li>${escapeHtml(step).replace('{crt}', link)}</li>`).join('');
    return `<details><summary>${escapeHtml(name)}</summary><ol>${items}</ol></details>`;
  });
  return `<!doctype html>
<html lang="${page.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" type="image/svg+xml" href="${page.basePath}/icon.svg">
<title>${escapeHtml(text.title)}</title><style nonce="${page.nonce}">${STYLE}</style></head>
<body><nav><a href="${page.basePath}/trust?lang=${other}" hreflang="${other}" lang="${other}">${text.otherLanguage}</a></nav>
<main><h1>${escapeHtml(text.title)}</h1>
<p>${escapeHtml(text.why)}</p><p>${escapeHtml(text.scope)}</p>
<p><a class="get" href="${page.basePath}/authority.crt">${escapeHtml(text.download)}</a></p>
<p>${escapeHtml(text.compare)}<br><code>${escapeHtml(page.fingerprint)}</code></p>
${systems.join('\n')}
<p>${escapeHtml(text.remove)}</p><p><a href="${page.basePath}/">${escapeHtml(text.back)}</a></p></main></body></html>
`;
}

/** Korean or English, by what the address asks for, else by the browser's order of preference (RFC 9110 §12.5.4). */
export function chooseLanguage(asked: string | undefined, acceptLanguage: string | undefined): TrustLanguage {
  if (asked === 'ko' || asked === 'en') return asked;
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => ({
      tag: entry.trim().slice(0, 2).toLowerCase(),
      weight: Number(/;\s*q=([\d.]+)/.exec(entry)?.[1] ?? 1),
    }))
    .filter(({ tag }) => tag === 'ko' || tag === 'en')
    .sort((a, b) => b.weight - a.weight);
  return ranked[0]?.tag === 'ko' ? 'ko' : 'en';
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
