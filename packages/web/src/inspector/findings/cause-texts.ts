import type { Finding } from '@madang/client';
import type { InspectorTexts } from '../inspector-texts.js';

/** A finding in words: what is wrong, and what to do. */
export function causeTexts(_texts: InspectorTexts['diagnosis'], finding: Finding, name: string | undefined) {
  return { what: `${finding.cause} ${name ?? ''}`, remedy: JSON.stringify(finding.evidence) };
}
