const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A size as people of the page's language write it: in units of 1,000, with three digits. */
export function formatSize(bytes: number, language: string = document.documentElement.lang): string {
  const step = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const format = { style: 'unit', unit: UNITS[step]!, maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat(language, { ...format, unitDisplay: step === 0 ? 'long' : 'short' }).format(
    bytes / 1_000 ** step,
  );
}
