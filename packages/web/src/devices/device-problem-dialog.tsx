import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../state/language-store.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useDesk, useDeskState } from './desk-context.js';
import type { DeskSource, DeskStatus } from './device-desk.js';
import styles from './device-problem.module.css';
import { ProblemSteps } from './problem-steps.js';

/** In the room: a device that was asked for can't be had. What failed before the door was explained there. */
export function DeviceProblemDialog() {
  const camera = useDeskState((state) => state.camera);
  const microphone = useDeskState((state) => state.microphone);
  const known = useRef(new Set<DeskStatus>([camera, microphone]));
  const [shown, setShown] = useState<DeskSource | null>(null);
  useEffect(() => {
    for (const [source, status] of [
      ['camera', camera],
      ['microphone', microphone],
    ] as const) {
      if (known.current.has(status)) continue;
      known.current.add(status);
      if (status.at === 'failed') setShown(source);
    }
  }, [camera, microphone]);
  const status = shown === 'camera' ? camera : microphone;
  if (shown === null || status.at !== 'failed') return null;
  return <Problem source={shown} status={status} onClose={() => setShown(null)} />;
}

interface ProblemProps {
  readonly source: DeskSource;
  readonly status: Extract<DeskStatus, { at: 'failed' }>;
  readonly onClose: () => void;
}

function Problem({ source, status, onClose }: ProblemProps) {
  const desk = useDesk();
  const { deviceErrors, deviceGuide } = useMessages();
  const title = deviceErrors.title[status.kind](deviceErrors.what[source]);
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <div data-problem={status.kind} data-source={source}>
        <ProblemSteps source={source} kind={status.kind} />
      </div>
      <div className={styles.actions}>
        <Button onClick={onClose}>{deviceGuide.goOnWithout}</Button>
        <Button look="primary" onClick={() => void desk.start(source)}>
          {deviceErrors.retry}
        </Button>
      </div>
    </Dialog>
  );
}
