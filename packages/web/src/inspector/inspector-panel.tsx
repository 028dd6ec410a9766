import { SidePanel } from '../room/side-panel.js';
import { useMessages } from '../state/language-store.js';
import styles from './inspector-panel.module.css';
import { PeerReport } from './peer-report.js';
import { usePeerReadings } from './use-peer-readings.js';

/** How sound and picture get from here to everyone and back, as the browser measures it. */
export function InspectorPanel() {
  const { inspector } = useMessages();
  const readings = usePeerReadings();
  return (
    <SidePanel heading={inspector.heading}>
      <div className={styles.body}>
        <p className={styles.intro}>{readings.length > 0 ? inspector.intro : inspector.alone}</p>
        {readings.map((reading) => (
          <PeerReport key={reading.id} reading={reading} />
        ))}
      </div>
    </SidePanel>
  );
}
