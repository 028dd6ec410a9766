import { TriangleAlert } from 'lucide-react';
import { useMessages } from '../state/language-store.js';
import { Button } from '../ui/button.js';
import { LinkButton } from '../ui/link-button.js';
import { useDesk, useDeskState } from './desk-context.js';
import type { DeskSource } from './device-desk.js';
import styles from './device-problem.module.css';
import { ProblemSteps } from './problem-steps.js';

/** Why a device can't be had, and what to do about it here. Nothing while all is well. */
export function DeviceProblem({ source }: { readonly source: DeskSource }) {
  const desk = useDesk();
  const { deviceErrors, test } = useMessages();
  const status = useDeskState((state) => state[source]);
  const other = useDeskState((state) => state.camera);
  if (status.at !== 'failed') return null;
  // One refusal for both devices has one explanation.
  const isSame = source === 'microphone' && other.at === 'failed' && other.kind === status.kind;
  return (
    <section className={styles.problem} role="alert" data-problem={status.kind} data-source={source}>
      <TriangleAlert aria-hidden />
      <div className={styles.words}>
        <strong>{deviceErrors.title[status.kind](deviceErrors.what[source])}</strong>
        {!isSame && <ProblemSteps source={source} kind={status.kind} />}
      </div>
      <div className={styles.actions}>
        <LinkButton look="quiet" href="/test">
          {test.link}
        </LinkButton>
        <Button onClick={() => void desk.start(source)}>{deviceErrors.retry}</Button>
      </div>
    </section>
  );
}
