import { CAUSES, type Finding } from '@madang/client';
import { describe, expect, it } from 'vitest';
import { enDiagnosis } from './en-diagnosis.js';
import { koDiagnosis } from './ko-diagnosis.js';

const finding = (cause: Finding['cause'], change: Partial<Finding>): Finding => ({
  cause,
  step: 'media',
  severity: 'blocks',
  sinceMs: 0,
  evidence: {},
  ...change,
});
const VARIANTS: readonly Partial<Finding>[] = [
  {},
  { severity: 'impairs', evidence: { url: 'turn:a', code: 401, device: 'Cam', share: 0.12, direction: 'sent' } },
  { source: 'microphone', step: 'offer', evidence: { side: 'other', roundTripMs: 512.3, bps: 199_500, attempts: 3 } },
];

describe.each([
  ['English', enDiagnosis],
  ['Korean', koDiagnosis],
] as const)('the words for causes in %s', (_language, { diagnosis }) => {
  it.each(CAUSES)('say what %s is and what to do, whatever is known of it', (cause) => {
    const { what, remedy } = diagnosis.causes[cause];
    for (const variant of VARIANTS) {
      for (const sentence of [what(finding(cause, variant), '민지'), remedy(finding(cause, variant), '민지')]) {
        expect(sentence.length).toBeGreaterThan(10);
        expect(sentence).toMatch(/[.요다]$|[.]$/u);
        expect(sentence).not.toMatch(/undefined|NaN|null|\(\)| {2}|이\(가\)|을\(를\)|은\(는\)/);
      }
    }
  });
});
