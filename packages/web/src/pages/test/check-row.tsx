import { CircleCheck, CircleDashed, CircleSlash, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ProblemSteps } from '../../devices/problem-steps.js';
import { useMessages } from '../../state/language-store.js';
import styles from './test-page.module.css';
import type { CheckState } from './test-run.js';
import type { CheckId, Verdict } from './verdict.js';

const ICONS = {
  waiting: CircleDashed,
  running: LoaderCircle,
  passed: CircleCheck,
  warned: TriangleAlert,
  failed: CircleX,
  skipped: CircleSlash,
};

interface CheckRowProps {
  readonly check: CheckId;
  readonly state: CheckState;
  /** What the person can see or do while it runs. */
  readonly children?: ReactNode;
}

/** One check: its name, its state in a word, what was found, and what to do about it. */
export function CheckRow({ check, state, children }: CheckRowProps) {
  const { test } = useMessages();
  const Icon = ICONS[state.state];
  return (
    <li className={`${styles.check} ${styles[state.state]}`} data-check={check} data-state={state.state}>
      <Icon aria-hidden />
      <div className={styles.words}>
        <h2>
          {test.names[check]} <span className={styles.state}>{test.states[state.state]}</span>
        </h2>
        {'found' in state && <Found verdict={state} />}
        {children}
      </div>
    </li>
  );
}

function Found({ verdict }: { readonly verdict: Verdict }) {
  const { test, deviceErrors } = useMessages();
  const { device, found, values } = verdict;
  const title = device === undefined ? '' : deviceErrors.title[device.kind](deviceErrors.what[device.source]);
  const remedy = test.remedy[found];
  return (
    <>
      <p>{test.found[found]({ ...values, title })}</p>
      {device !== undefined && <ProblemSteps source={device.source} kind={device.kind} />}
      {remedy !== undefined && <p className={styles.remedy}>{remedy}</p>}
    </>
  );
}
