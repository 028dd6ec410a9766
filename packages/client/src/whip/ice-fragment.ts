/** The lines that a restart of ICE is told by (RFC 9725 §4.3.3): credentials, and candidates of the first section. */
export function fragmentOf(offer: string): string {
  const lines = offer.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith('m='));
  const next = lines.findIndex((line, ix) => ix > start && line.startsWith('m='));
  const section = lines.slice(start, next === -1 ? undefined : next);
  const credentials = ['a=ice-ufrag:', 'a=ice-pwd:'].flatMap(
    (name) => lines.find((line) => line.startsWith(name)) ?? [],
  );
  const about = section.filter((line) => /^(?:m=|a=mid:|a=candidate:|a=end-of-candidates)/.test(line));
  return `${[...credentials, ...about].join('\r\n')}\r\n`;
}

/** The answer there was, with the credentials and candidates of a fragment in place of its own. */
export function restartedAnswer(answer: string, fragment: string): string {
  const told = fragment.split(/\r?\n/);
  const ufrag = told.find((line) => line.startsWith('a=ice-ufrag:'));
  const pwd = told.find((line) => line.startsWith('a=ice-pwd:'));
  const candidates = [...new Set(told.filter((line) => line.startsWith('a=candidate:')))];
  const lines = answer.split(/\r?\n/).flatMap((line) => {
    if (line.startsWith('a=ice-ufrag:')) return ufrag ?? line;
    if (line.startsWith('a=ice-pwd:')) return pwd ?? line;
    if (line.startsWith('a=candidate:') && candidates.length > 0) return [];
    return line.startsWith('a=mid:') ? [line, ...candidates] : line;
  });
  return lines.join('\r\n');
}
