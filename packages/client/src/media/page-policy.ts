import type { Source } from '@madang/protocol';

/** Whether the policy of the page lets it ask for a source; undefined where the browser does not tell. */
export type PolicyAllows = (source: Source) => boolean | undefined;

interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
  features?(): readonly string[];
}

const FEATURES: Readonly<Record<Source, string>> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'display-capture',
  'screen-audio': 'display-capture',
};

/** Asks the document (Permissions Policy §9, under either of its names; Firefox and Safari have neither). */
export function pagePolicyAllows(source: Source): boolean | undefined {
  const page = (globalThis as { document?: { permissionsPolicy?: FeaturePolicy; featurePolicy?: FeaturePolicy } })
    .document;
  const policy = page?.permissionsPolicy ?? page?.featurePolicy;
  const feature = FEATURES[source];
  // A browser forbids what it does not know: that says nothing about the page.
  if (policy === undefined || policy.features?.().includes(feature) === false) return undefined;
  return policy.allowsFeature(feature);
}
