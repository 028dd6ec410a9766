import { diagnose, type Fact, type Finding, ladder, type PeerId, type StepId } from '@madang/client';
import { useMemo, useRef } from 'react';
import { ConnectionSection } from './connection-section.js';
import { FindingsList } from './findings/findings-list.js';
import { HearingSection } from './hearing/hearing-section.js';
import styles from './inspector.module.css';
import { useTexts } from './inspector-texts.js';
import { InterruptionsSection } from './interruptions/interruptions-section.js';
import { OwnLadder } from './ladder/own-ladder.js';
import { connectionsOf, memberNames } from './model/connections.js';
import { verdict } from './model/verdict.js';
import { OpenRungsContext } from './open-rungs.js';
import { ServedSection } from './served/served-section.js';
import { useJump } from './use-jump.js';

interface InspectorProps {
  /** Another array whenever there is something new. */
  readonly facts: readonly Fact[];
  /** The moment to judge by, as in `atMs`. */
  readonly nowMs: number;
  /** Offered where the connection is one of this page. */
  readonly onRestart?: ((peer: PeerId) => void) | undefined;
}

/**
 * Everything that the facts of a call tell: what is wrong, how far each connection has come, how it does, and who hears
 * whom. It asks nobody: a live call, another tab and a file look the same.
 */
export function Inspector({ facts, nowMs, onRestart }: InspectorProps) {
  const texts = useTexts().inspector;
  const root = useRef<HTMLDivElement>(null);
  const { rungs, jump } = useJump(root);
  const seen = useMemo(() => see(facts, nowMs), [facts, nowMs]);
  const onJump = ({ peer, step }: Finding) => jump(peer, step);
  const section = (entry: (typeof seen.current)[number]) => (
    <ConnectionSection key={entry.connection.peer} {...entry} nowMs={nowMs} onRestart={onRestart} />
  );
  return (
    <OpenRungsContext value={rungs}>
      <div ref={root} className={styles.inspector}>
        <section className={styles.section} aria-label={texts.verdict.heading}>
          {seen.findings.length > 0 && (
            <h3 className={styles.heading}>{texts.verdict.findings(seen.findings.length)}</h3>
          )}
          <FindingsList findings={seen.findings} verdict={seen.verdict} names={seen.names} onJump={onJump} />
        </section>
        <section className={styles.section} aria-label={texts.ladder.own} data-own>
          <h3 className={styles.heading}>{texts.ladder.own}</h3>
          <OwnLadder facts={facts} steps={seen.own} nowMs={nowMs} />
        </section>
        <InterruptionsSection facts={facts} />
        {seen.current.map(section)}
        <ServedSection facts={facts} />
        <HearingSection facts={facts} nowMs={nowMs} />
        {seen.ended.length > 0 && (
          <details className={styles.earlier}>
            <summary>{texts.ladder.earlier}</summary>
            <div>{seen.ended.map(section)}</div>
          </details>
        )}
      </div>
    </OpenRungsContext>
  );
}

/** They come first in every ladder; here they stand once, by themselves. */
const OWN_STEPS: ReadonlySet<StepId> = new Set<StepId>(['media', 'signaling']);

function see(facts: readonly Fact[], nowMs: number) {
  const all = connectionsOf(facts).map((connection) => ({
    connection,
    steps: ladder(facts, connection.peer, nowMs).filter(({ step }) => !OWN_STEPS.has(step)),
  }));
  const current = all.filter(({ connection }) => !connection.isOver);
  const findings = diagnose(facts, nowMs);
  return {
    findings,
    verdict: verdict(
      findings,
      current.map(({ steps }) => steps),
    ),
    names: memberNames(facts),
    own: ladder(facts, undefined, nowMs),
    current,
    ended: all.filter(({ connection }) => connection.isOver),
  };
}
