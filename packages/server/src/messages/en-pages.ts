/** The words of the server's own pages, besides the page about trust. */
export const enPages = {
  notFoundTitle: 'Not found',
  notFound: 'There is nothing at this address',
  internalTitle: 'Server error',
  internal: 'The server made a mistake',
  internalAdvice: 'Try again; the operator finds the cause in the log.',
  noWebAppTitle: 'Not built',
  noWebApp: 'The web app is not built',
  noWebAppAdvice: 'Run: npm run build',
};
