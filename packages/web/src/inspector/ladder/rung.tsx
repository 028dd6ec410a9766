import type { PeerId, Step } from '@madang/client';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useTexts } from '../inspector-texts.js';
import { durationText, elapsedText } from '../model/elapsed.js';
import type { Arrow } from '../model/rung-arrow.js';
import { useOpenRungs } from '../open-rungs.js';
import styles from './ladder.module.css';
import { StepIcon, StepState } from './step-state.js';

interface RungProps {
  readonly step: Step;
  readonly peer?: PeerId | undefined;
  readonly arrow: Arrow;
  /** What the times are told from. */
  readonly startMs: number;
  readonly nowMs: number;
  /** In a few words: how many, which. */
  readonly note?: string | undefined;
  readonly children: () => ReactNode;
}

/** One rung: its name, how it stands and since when; a press opens what it is made of. */
export function Rung({ step, peer, arrow, startMs, nowMs, note, children }: RungProps) {
  const { inspector } = useTexts();
  const rungs = useOpenRungs();
  const id = useId();
  const isOpen = rungs.isOpen(peer, step.step);
  return (
    <li className={styles.rung} data-step={step.step} data-state={step.state}>
      <button
        type="button"
        className={styles.row}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => rungs.toggle(peer, step.step)}
      >
        <span className={styles.line}>
          <StepIcon state={step.state} />
          <span className={styles.name}>{inspector.step[step.step]}</span>
          <StepState state={step.state} />
          <ChevronDown className={styles.chevron} aria-hidden />
        </span>
        <span className={styles.arrow} data-arrow={arrow} data-state={step.state} aria-hidden />
        <span className={styles.line}>
          {note && <span className={styles.note}>{note}</span>}
          <StepTimes step={step} startMs={startMs} nowMs={nowMs} />
        </span>
      </button>
      <div id={id} className={styles.details} hidden={!isOpen}>
        {isOpen && children()}
      </div>
    </li>
  );
}

function StepTimes({ step, startMs, nowMs }: Pick<RungProps, 'step' | 'startMs' | 'nowMs'>) {
  const { ladder } = useTexts().inspector;
  if (step.startMs === undefined) return null;
  const isRunning = step.endMs === undefined;
  return (
    <span className={styles.times}>
      <span className="visually-hidden">{ladder.at} </span>
      {elapsedText(step.startMs, startMs)}
      <span className="visually-hidden"> {isRunning ? ladder.lasts : ladder.took} </span>
      <span className={styles.took}>{durationText(Math.max(0, (step.endMs ?? nowMs) - step.startMs))}</span>
    </span>
  );
}
