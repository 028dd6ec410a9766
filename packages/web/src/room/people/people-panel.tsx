import { DoorClosed, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { raisedHands } from '../../state/room-view.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { attempt } from '../attempt.js';
import { SidePanel } from '../side-panel.js';
import styles from './people-panel.module.css';
import { PersonRow } from './person-row.js';

export function PeoplePanel() {
  const call = useCall();
  const { people, room, host } = useMessages();
  const members = useCallState((state) => state.view.members);
  const isHost = members.some((member) => member.isSelf && member.role === 'host');
  const hands = raisedHands(members);
  const [isClosing, setIsClosing] = useState(false);
  return (
    <SidePanel heading={people.heading(members.length)}>
      <div className={styles.body}>
        {hands.length > 0 && (
          <section>
            <h3 className={styles.heading}>{people.hands}</h3>
            <ol className={styles.hands}>
              {hands.map((member, ix) => (
                <li key={member.id}>
                  <b>{ix + 1}</b> {member.name}
                </li>
              ))}
            </ol>
          </section>
        )}
        <ul>
          {members.map((member) => (
            <PersonRow key={member.id} member={member} />
          ))}
        </ul>
      </div>
      <footer className={styles.foot}>
        <Button isWide onClick={() => call.store.setState({ dialog: 'invite' })}>
          <UserPlus aria-hidden />
          {room.invite}
        </Button>
        {isHost && (
          <Button look="quiet" isWide onClick={() => setIsClosing(true)}>
            <DoorClosed aria-hidden />
            {host.close}
          </Button>
        )}
      </footer>
      <ConfirmDialog
        title={host.closeTitle}
        text={host.closeText}
        confirm={host.closeConfirm}
        isOpen={isClosing}
        onClose={() => setIsClosing(false)}
        onConfirm={() => void attempt(call.room.close())}
      />
    </SidePanel>
  );
}
