import { diagnose, type Finding } from '@madang/client';
import { OctagonAlert, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { announce } from '../../state/notices.js';
import { causeTexts } from '../findings/cause-texts.js';
import { sideName } from '../side-name.js';
import { everySecondSeen } from '../use-record-snapshot.js';
import styles from './finding-banner.module.css';
import { findingKey, noticeFinding } from './notice-finding.js';

/** Says in the room what keeps sound or picture from it, without anything being opened. At most one thing at a time. */
export function FindingBanner() {
  const call = useCall();
  const messages = useMessages();
  const { inspector, diagnosis } = messages;
  const isInspecting = useCallState((state) => state.panel === 'inspector');
  const { finding, dismiss } = useNotice();
  const member = useCallState(({ view }) => view.members.find(({ id }) => id === finding?.peer)?.name);
  const name = finding?.peer && sideName(finding.peer, member ?? '', messages);
  const text = finding && causeTexts(diagnosis, finding, name).what;
  const key = finding && findingKey(finding);
  const said = useRef(new Set<string>());
  useEffect(() => {
    if (key === undefined || text === undefined || said.current.has(key)) return;
    said.current.add(key);
    announce(text);
  }, [key, text]);
  if (finding === undefined || isInspecting) return null;
  return (
    <div className={styles.banner} data-cause={finding.cause} data-severity={finding.severity} data-peer={finding.peer}>
      <OctagonAlert aria-hidden />
      <p>{text}</p>
      <button type="button" onClick={() => call.store.setState({ panel: 'inspector' })}>
        {inspector.notice.more}
      </button>
      <button type="button" className={styles.dismiss} aria-label={inspector.notice.dismiss} onClick={dismiss}>
        <X aria-hidden />
      </button>
    </div>
  );
}

/** The finding to tell, judged once a second; the same object for as long as it is the same finding. */
function useNotice(): { finding: Finding | undefined; dismiss: () => void } {
  const { record } = useCall().room;
  const [finding, setFinding] = useState<Finding>();
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  useEffect(
    () =>
      everySecondSeen(() => {
        const nowMs = record.nowMs();
        const found = noticeFinding(diagnose(record.facts, nowMs), nowMs, dismissed);
        setFinding((before) => (before && found && findingKey(before) === findingKey(found) ? before : found));
      }),
    [record, dismissed],
  );
  const dismiss = () => finding && setDismissed(new Set([...dismissed, findingKey(finding)]));
  return { finding, dismiss };
}
