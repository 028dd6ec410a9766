import { type PeerId, SERVER_SUBSCRIBE } from '@madang/client';
import { SidePanel } from '../room/side-panel.js';
import { useCall } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { Inspector } from './inspector.js';
import styles from './inspector-panel.module.css';
import { InspectorTextsContext } from './inspector-texts.js';
import { SaveReport } from './report/save-report.js';
import { useRecordSnapshot } from './use-record-snapshot.js';

/** The call that this page is in, told step by step. */
export function InspectorPanel() {
  const call = useCall();
  const messages = useMessages();
  const { facts, nowMs } = useRecordSnapshot(call.room.record);
  // What comes from the media server comes by one connection, whosever it is.
  const restart = (peer: PeerId) =>
    call.room.members
      .find((member) => member.id === peer || (peer === SERVER_SUBSCRIBE && member.peer))
      ?.peer?.restartIce();
  return (
    <SidePanel heading={messages.inspector.heading}>
      <div className={styles.body}>
        <InspectorTextsContext value={messages}>
          <Inspector facts={facts} nowMs={nowMs} onRestart={restart} />
          <SaveReport facts={facts} nowMs={nowMs} fileTitle={call.roomName} isInCall />
        </InspectorTextsContext>
      </div>
    </SidePanel>
  );
}
