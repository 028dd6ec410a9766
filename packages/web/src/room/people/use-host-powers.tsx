import { Crown, Hand, MicOff, MonitorX, UserX, VideoOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useCall, useCallState } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import type { MemberView } from '../../state/room-view.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { attempt } from '../attempt.js';

export interface HostPower {
  readonly key: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly isDanger?: boolean;
  readonly run: () => void;
}

export interface HostPowers {
  /** Empty for those who are no host, and for oneself. */
  readonly items: readonly HostPower[];
  /** Has to stand outside the menu, which closes before it opens. */
  readonly dialog: ReactNode;
}

/** What a host may do to a member. Unmuting is not among it: only the member can. */
export function useHostPowers(member: MemberView): HostPowers {
  const { room } = useCall();
  const { host } = useMessages();
  const isHost = useCallState(({ view }) => view.members.some((other) => other.isSelf && other.role === 'host'));
  const [isAsking, setIsAsking] = useState(false);
  if (!isHost || member.isSelf) return { items: [], dialog: null };

  const { id, media, role } = member;
  const all: readonly (HostPower | false)[] = [
    media.microphone === 'on' && {
      key: 'mute',
      icon: <MicOff aria-hidden />,
      label: host.mute,
      run: () => void attempt(room.muteMember(id, 'microphone')),
    },
    media.camera === 'on' && {
      key: 'camera',
      icon: <VideoOff aria-hidden />,
      label: host.stopCamera,
      run: () => void attempt(room.muteMember(id, 'camera')),
    },
    media.screen === 'on' && {
      key: 'screen',
      icon: <MonitorX aria-hidden />,
      label: host.stopScreen,
      run: () => void attempt(room.muteMember(id, 'screen')),
    },
    member.handRaisedWallMs !== null && {
      key: 'hand',
      icon: <Hand aria-hidden />,
      label: host.lowerHand,
      run: () => void attempt(room.raiseHand(false, id)),
    },
    {
      key: 'role',
      icon: <Crown aria-hidden />,
      label: role === 'host' ? host.removeHost : host.makeHost,
      run: () => void attempt(room.setRole(id, role === 'host' ? 'participant' : 'host')),
    },
    { key: 'remove', icon: <UserX aria-hidden />, label: host.remove, isDanger: true, run: () => setIsAsking(true) },
  ];
  const dialog = (
    <ConfirmDialog
      title={host.removeTitle(member.name)}
      text={host.removeText}
      confirm={host.removeConfirm}
      isOpen={isAsking}
      onClose={() => setIsAsking(false)}
      onConfirm={() => void attempt(room.kick(id))}
    />
  );
  return { items: all.filter((item) => item !== false), dialog };
}
