/** What the server tells the page about itself, in `<script type="application/json" id="madang-config">`. */
export interface PageConfig {
  /** Path prefix without a slash at its end; empty at the root. */
  readonly basePath: string;
  /** Null when the server offers no HTTPS. */
  readonly httpsPort: number | null;
  readonly version: string;
  /** Base addresses that other machines reach this server under; told only to the machine it runs on. */
  readonly lanUrls: readonly string[];
}

const FALLBACK: PageConfig = { basePath: '', httpsPort: null, version: '', lanUrls: [] };

/** Reads the element's text; anything missing or malformed (a development server, say) is as if not there. */
export function readPageConfig(json: string | null | undefined): PageConfig {
  try {
    const given = JSON.parse(json ?? '') as Record<string, unknown>;
    return {
      basePath: typeof given.basePath === 'string' ? given.basePath.replace(/\/+$/, '') : '',
      httpsPort: typeof given.httpsPort === 'number' ? given.httpsPort : null,
      version: typeof given.version === 'string' ? given.version : '',
      lanUrls: Array.isArray(given.lanUrls) ? given.lanUrls.filter((url) => typeof url === 'string') : [],
    };
  } catch {
    return FALLBACK;
  }
}

export const pageConfig: PageConfig = readPageConfig(
  typeof document === 'undefined' ? null : document.getElementById('madang-config')?.textContent,
);
