import { Crown, DoorClosed, LogOut } from 'lucide-react';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { attempt } from '../attempt.js';
import styles from './leave-dialog.module.css';
import { heirsOf } from './leaving.js';

/** Asks the last host how to leave: just so, after handing the room over, or with everyone. */
export function LeaveDialog() {
  const call = useCall();
  const isOpen = useCallState((state) => state.dialog === 'leaving');
  const members = useCallState((state) => state.view.members);
  const { leaving } = useMessages();
  const close = () => call.store.setState({ dialog: null });
  const handOver = async (id: string) => {
    if (await attempt(call.room.setRole(id, 'host'))) await call.leave();
  };
  return (
    <Dialog title={leaving.heading} text={leaving.text} isOpen={isOpen} onClose={close}>
      <div className={styles.choices}>
        <Button
          look="primary"
          size="large"
          isWide
          autoFocus
          aria-describedby="leave-note"
          onClick={() => void call.leave()}
        >
          <LogOut aria-hidden />
          {leaving.leave}
        </Button>
        <p id="leave-note">{leaving.leaveNote}</p>
        {heirsOf(members).map(({ id, name }) => (
          <Button key={id} isWide onClick={() => void handOver(id)}>
            <Crown aria-hidden />
            {leaving.handOver(name)}
          </Button>
        ))}
        <Button look="danger" isWide aria-describedby="close-note" onClick={() => void attempt(call.room.close())}>
          <DoorClosed aria-hidden />
          {leaving.closeForAll}
        </Button>
        <p id="close-note">{leaving.closeNote}</p>
        <Button look="quiet" isWide onClick={close}>
          {leaving.stay}
        </Button>
      </div>
    </Dialog>
  );
}
