/** A message of the signaling on one line: what it is, and the part of it that one wants to read. */
export function summary(payload) {
  const { type, message } = payload;
  if (type === undefined) return payload;
  const { description, candidate } = message ?? {};
  if (candidate) return candidate.candidate;
  if (!description) return type;
  const sections = [...description.sdp.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind);
  return `${description.type}: ${sections.join(', ')} (${description.sdp.length} characters)`;
}
