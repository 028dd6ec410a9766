import { TriangleAlert } from 'lucide-react';
import { useMessages } from '../state/language-store.js';
import { Button } from '../ui/button.js';
import { useDesk, useDeskState } from './desk-context.js';
import type { DeskSource } from './device-desk.js';
import styles from './device-problem.module.css';

/** Why a device can't be had, and what to do about it. Nothing while all is well. */
export function DeviceProblem({ source }: { readonly source: DeskSource }) {
  const desk = useDesk();
  const { deviceErrors } = useMessages();
  const status = useDeskState((state) => state[source]);
  if (status.at !== 'failed') return null;
  return (
    <div className={styles.problem} role="alert">
      <TriangleAlert aria-hidden />
      <div className={styles.words}>
        <strong>{deviceErrors.title[status.kind](deviceErrors.what[source])}</strong>
        <p>{deviceErrors.text[status.kind]}</p>
      </div>
      <Button onClick={() => void desk.start(source)}>{deviceErrors.retry}</Button>
    </div>
  );
}
