import type { Finding } from '@madang/client';
import type { InspectorTexts } from '../inspector-texts.js';

/** A finding in words: what is wrong, and what to do. `name`: of the other, where there is one. */
export function causeTexts(
  { causes }: InspectorTexts['diagnosis'],
  finding: Finding,
  name = '',
): { readonly what: string; readonly remedy: string } {
  const { what, remedy } = causes[finding.cause];
  return { what: what(finding, name), remedy: remedy(finding, name) };
}
