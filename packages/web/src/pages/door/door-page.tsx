import { LockKeyhole } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useDesk, useDeskState } from '../../devices/desk-context.js';
import { DevicePickers } from '../../devices/device-pickers.js';
import { DeviceProblem } from '../../devices/device-problem.js';
import { mayStartUnasked } from '../../devices/permission.js';
import { followPermissions } from '../../devices/permission-watch.js';
import type { RefusalCode } from '../../state/call.js';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { PageFrame } from '../../ui/page-frame.js';
import styles from './door-page.module.css';
import { JoinForm } from './join-form.js';
import { Mirror } from './mirror.js';

interface DoorPageProps {
  /** Why the last try to come in was turned down. */
  readonly refusal: RefusalCode | undefined;
  readonly isEntering: boolean;
}

/** Before joining: one's own picture, devices and name. Nothing here has to be waited for. */
export function DoorPage({ refusal, isEntering }: DoorPageProps) {
  const call = useCall();
  const desk = useDesk();
  const { door, encryption } = useMessages();
  const hasDevices = window.isSecureContext;
  const isIdle = useDeskState((state) => state.microphone.at === 'idle' && state.camera.at === 'idle');
  const [isExplaining, setIsExplaining] = useState(false);

  useEffect(() => followPermissions(desk), [desk]);

  useEffect(() => {
    if (!window.isSecureContext) return;
    let isOver = false;
    void mayStartUnasked().then((may) => {
      if (isOver) return;
      if (may) void desk.startWanted();
      else setIsExplaining(true);
    });
    return () => {
      isOver = true;
    };
  }, [desk]);

  return (
    <PageFrame>
      <div className={styles.door}>
        <div className={styles.mirror}>
          <Mirror mustExplain={isExplaining && isIdle} hasDevices={hasDevices} />
          <DeviceProblem source="camera" />
          <DeviceProblem source="microphone" />
        </div>
        {hasDevices && (
          <div className={styles.devices}>
            <DevicePickers />
          </div>
        )}
        <section className={styles.entry}>
          <h1 className={styles.heading}>{door.heading}</h1>
          <p className={styles.room}>
            <span>{door.room}</span> <strong>{call.roomName}</strong>
          </p>
          {call.secret !== undefined && (
            <p className={styles.encrypted}>
              <LockKeyhole size={18} aria-hidden /> <span>{encryption.door}</span>
            </p>
          )}
          <JoinForm refusal={refusal} isEntering={isEntering} hasDevices={hasDevices} />
        </section>
      </div>
    </PageFrame>
  );
}
