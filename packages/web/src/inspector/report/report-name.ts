/** The name of a saved report: what it is about and when, in letters that any file system takes. */
export function reportName(title: string, when: Date): string {
  const about = title
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  const stamp = when.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
  return `${['madang-report', about, stamp].filter((part) => part !== '').join('-')}.json`;
}
