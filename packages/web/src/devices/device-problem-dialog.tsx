import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../state/language-store.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useDesk, useDeskState } from './desk-context.js';
import type { DeskSource, DeskStatus } from './device-desk.js';
import styles from './device-problem.module.css';
import { ProblemSteps } from './problem-steps.js';

const SOURCES: readonly DeskSource[] = ['camera', 'microphone'];

/** In the room: a device that was asked for can't be had. What failed before the door was explained there. */
export function DeviceProblemDialog() {
  const camera = useDeskState((state) => state.camera);
  const microphone = useDeskState((state) => state.microphone);
  const desk = useDesk();
  const known = useRef(new Set<DeskStatus>());
  const opening = useRef(new Set<DeskSource>());
  const [shown, setShown] = useState<DeskSource | null>(null);
  // The room is drawn unseen while somebody still stands at the door: what counts is how things are when it is uncovered.
  useEffect(() => {
    const now = desk.store.getState();
    known.current = new Set(SOURCES.map((source) => now[source]));
    // Joining does not wait for devices: what is still being opened then may fail as the other one did before the door.
    opening.current = new Set(SOURCES.filter((source) => now[source].at === 'starting'));
  }, [desk]);
  useEffect(() => {
    const both = { camera, microphone };
    for (const source of SOURCES) {
      const status = both[source];
      if (known.current.has(status)) continue;
      known.current.add(status);
      const other = both[source === 'camera' ? 'microphone' : 'camera'];
      const isSame = status.at === 'failed' && other.at === 'failed' && other.kind === status.kind;
      const isExplained = opening.current.has(source) && isSame;
      if (status.at !== 'starting') opening.current.delete(source);
      if (status.at === 'failed' && !isExplained) setShown(source);
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
