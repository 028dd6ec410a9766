import type { DeviceErrorKind } from '@madang/client';
import { thisPlatform } from '../platform/read-platform.js';
import { useMessages } from '../state/language-store.js';
import type { DeskSource } from './device-desk.js';
import styles from './device-problem.module.css';
import { guideFor } from './guide-for.js';

/** What to do about a problem with a device, step by step, for this browser and system. */
export function ProblemSteps({ source, kind }: { readonly source: DeskSource; readonly kind: DeviceErrorKind }) {
  const { deviceErrors, deviceGuide } = useMessages();
  const guide = guideFor(kind, thisPlatform());
  const steps = deviceGuide[guide](deviceErrors.what[source]);
  return (
    <ol className={styles.steps} data-guide={guide}>
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}
