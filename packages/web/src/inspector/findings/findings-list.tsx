import type { Finding } from '@madang/client';
import { CircleCheck, Hourglass, OctagonAlert, TriangleAlert, Users } from 'lucide-react';
import { Button } from '../../ui/button.js';
import { useTexts } from '../inspector-texts.js';
import { elapsedText } from '../model/elapsed.js';
import type { Verdict } from '../model/verdict.js';
import { sideName } from '../side-name.js';
import { causeTexts } from './cause-texts.js';
import styles from './findings.module.css';

interface FindingsListProps {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly names: ReadonlyMap<string, string>;
  readonly onJump: (finding: Finding) => void;
}

/** What is wrong, the most serious first; or that nothing is. */
export function FindingsList({ findings, verdict, names, onJump }: FindingsListProps) {
  return (
    <div className={styles.findings}>
      <VerdictLine verdict={verdict} />
      {findings.map((finding) => (
        <FindingCard
          key={`${finding.cause} ${finding.peer} ${finding.source}`}
          finding={finding}
          names={names}
          onJump={() => onJump(finding)}
        />
      ))}
    </div>
  );
}

const VERDICT_ICONS = { well: CircleCheck, alone: Users, underway: Hourglass, stuck: TriangleAlert };

function VerdictLine({ verdict }: { readonly verdict: Verdict }) {
  const texts = useTexts().inspector.verdict;
  if (verdict.at === 'findings') return null;
  const Icon = VERDICT_ICONS[verdict.at];
  return (
    <p className={styles.well} data-verdict={verdict.at}>
      <Icon aria-hidden />
      {verdict.at === 'well' ? texts.well(verdict.connections) : texts[verdict.at]}
    </p>
  );
}

interface FindingCardProps {
  readonly finding: Finding;
  readonly names: ReadonlyMap<string, string>;
  readonly onJump: () => void;
}

function FindingCard({ finding, names, onJump }: FindingCardProps) {
  const texts = useTexts();
  const { inspector, diagnosis } = texts;
  const { severity, peer, cause } = finding;
  const name = peer && sideName(peer, names.get(peer) ?? peer, texts);
  const { what, remedy } = causeTexts(diagnosis, finding, name);
  const Icon = severity === 'blocks' ? OctagonAlert : TriangleAlert;
  return (
    <article className={styles.finding} data-cause={cause} data-severity={severity} data-peer={peer}>
      <p className={styles.head}>
        <span className={styles.severity}>
          <Icon aria-hidden />
          {inspector.severity[severity]}
        </span>
        {name && <span>{inspector.finding.with(name)}</span>}
        <span>{inspector.finding.since(elapsedText(finding.sinceMs, 0))}</span>
      </p>
      <p className={styles.what}>{what}</p>
      <p className={styles.remedy}>{remedy}</p>
      <Button look="quiet" onClick={onJump}>
        {inspector.finding.jump(inspector.step[finding.step])}
      </Button>
    </article>
  );
}
