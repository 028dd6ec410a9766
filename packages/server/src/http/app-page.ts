/** What the web app learns from the page it came with. */
export interface PageConfig {
  /** Empty or `/a/b`. */
  readonly basePath: string;
  readonly httpPort: number | null;
  readonly httpsPort: number | null;
  readonly version: string;
  /** Whether this page came over HTTPS. */
  readonly secure: boolean;
  /** Whether `/trust` explains how to trust the server's own authority. */
  readonly localAuthority: boolean;
  /** For pages opened on the server's own machine: addresses that other machines reach it under. */
  readonly lanUrls: readonly string[];
  /** For style elements that scripts make. */
  readonly nonce: string;
}

/** The page of the web app with its base address and configuration put in, first thing in its head. */
export function renderAppPage(html: string, config: PageConfig): string {
  const head = [
    `<base href="${config.basePath}/">`,
    `<meta property="csp-nonce" nonce="${config.nonce}">`,
    `<script type="application/json" id="madang-config">${scriptJson(config)}</script>`,
  ].join('');
  return html.replace(/<head(?:\s[^>]*)?>/i, (tag) => `${tag}${head}`);
}

/** JSON that can't end the script element around it, nor break a line of an older parser. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
