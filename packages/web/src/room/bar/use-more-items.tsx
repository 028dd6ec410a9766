import {
  Activity,
  Hand,
  Keyboard,
  Languages,
  Maximize,
  Minimize,
  ScreenShare,
  ScreenShareOff,
  SlidersHorizontal,
  UserPlus,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useDeskState } from '../../devices/desk-context.js';
import { LANGUAGE_CODES, LANGUAGES } from '../../messages/index.js';
import { useCall, useCallState } from '../../state/call-context.js';
import { setLanguage, useLanguage, useMessages } from '../../state/language-store.js';
import { toggleFullscreen, useIsFullscreen } from '../../ui/use-fullscreen.js';
import { useRoomActions } from '../use-room-actions.js';

export type BarSize = 'wide' | 'middle' | 'narrow';

export interface MoreItem {
  readonly icon: ReactNode;
  readonly label: string;
  readonly run: () => void;
}

/** What is not in the bar at this size, and what never is. */
export function useMoreItems(size: BarSize): readonly MoreItem[] {
  const call = useCall();
  const actions = useRoomActions();
  const { room, settings } = useMessages();
  const language = useLanguage();
  const isFullscreen = useIsFullscreen();
  const isSharing = useDeskState((state) => state.media.screen === 'on');
  const hasHand = useCallState(({ view }) => view.members.some((m) => m.isSelf && m.handRaisedWallMs !== null));
  const canShare = navigator.mediaDevices !== undefined && 'getDisplayMedia' in navigator.mediaDevices;
  const items: (MoreItem | false)[] = [
    size === 'narrow' &&
      canShare && {
        icon: isSharing ? <ScreenShareOff aria-hidden /> : <ScreenShare aria-hidden />,
        label: isSharing ? room.stopSharing : room.shareScreen,
        run: actions.share,
      },
    size === 'narrow' && {
      icon: <Hand aria-hidden />,
      label: hasHand ? room.lowerHand : room.raiseHand,
      run: actions.hand,
    },
    size === 'narrow' && { icon: <Users aria-hidden />, label: room.people, run: actions.people },
    size !== 'wide' && {
      icon: <UserPlus aria-hidden />,
      label: room.invite,
      run: () => call.store.setState({ dialog: 'invite' }),
    },
    size !== 'wide' && { icon: <Activity aria-hidden />, label: room.inspector, run: () => call.toggle('inspector') },
    {
      icon: <SlidersHorizontal aria-hidden />,
      label: settings.open,
      run: () => call.store.setState({ dialog: 'settings' }),
    },
    document.fullscreenEnabled && {
      icon: isFullscreen ? <Minimize aria-hidden /> : <Maximize aria-hidden />,
      label: isFullscreen ? room.exitFullscreen : room.fullscreen,
      run: toggleFullscreen,
    },
    size !== 'narrow' && { icon: <Keyboard aria-hidden />, label: room.shortcuts, run: actions.help },
    ...LANGUAGE_CODES.filter((code) => code !== language).map((code) => ({
      icon: <Languages aria-hidden />,
      label: LANGUAGES[code].name,
      run: () => setLanguage(code),
    })),
  ];
  return items.filter((item) => item !== false);
}
