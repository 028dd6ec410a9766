/** The same page over https on the same host, with the secret behind its `#`; null when the server offers no https or the page has it already. */
export function secureAddress(
  page: Pick<Location, 'protocol' | 'hostname' | 'pathname' | 'search' | 'hash'>,
  httpsPort: number | null,
): string | null {
  if (page.protocol === 'https:' || httpsPort === null) return null;
  const port = httpsPort === 443 ? '' : `:${httpsPort}`;
  return `https://${page.hostname}${port}${page.pathname}${page.search}${page.hash}`;
}
