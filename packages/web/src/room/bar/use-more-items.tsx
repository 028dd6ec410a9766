import {
  Activity,
  Camera,
  Eye,
  EyeOff,
  Grid2x2,
  Hand,
  Keyboard,
  Languages,
  LayoutDashboard,
  Maximize,
  Mic,
  Minimize,
  PictureInPicture2,
  ScreenShare,
  ScreenShareOff,
  SlidersHorizontal,
  SwitchCamera,
  UserPlus,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useDeskState } from '../../devices/desk-context.js';
import type { DeskSource } from '../../devices/device-desk.js';
import { LANGUAGE_CODES, LANGUAGES } from '../../messages/index.js';
import { useCall, useCallState } from '../../state/call-context.js';
import { setLanguage, useLanguage, useMessages } from '../../state/language-store.js';
import { toggleFullscreen, useIsFullscreen } from '../../ui/use-fullscreen.js';
import { canShowSmall, toggleSmallWindow } from '../pip/picture-in-picture.js';
import { hasLarge, setSelfHidden } from '../stage/pins.js';
import { useRoomActions } from '../use-room-actions.js';
import type { BarSize } from './use-bar-size.js';
import { useFlipCamera } from './use-flip-camera.js';

export interface MoreItem {
  readonly icon: ReactNode;
  readonly label: string;
  readonly run: () => void;
}

/** What is not in the bar at this size, and what never is. */
export function useMoreItems(size: BarSize, openDevices: (source: DeskSource) => void): readonly MoreItem[] {
  const call = useCall();
  const actions = useRoomActions();
  const { room, stage, view, devices, settings } = useMessages();
  const language = useLanguage();
  const isFullscreen = useIsFullscreen();
  const isSharing = useDeskState((state) => state.media.screen === 'on');
  const hasHand = useCallState(({ view }) => view.members.some((m) => m.isSelf && m.handRaisedWallMs !== null));
  const canShare = navigator.mediaDevices !== undefined && 'getDisplayMedia' in navigator.mediaDevices;
  const isSelfHidden = useCallState((state) => state.selfHidden);
  const isTiled = useCallState((state) => state.layout === 'tiles');
  const isSmall = useCallState((state) => state.pipWindow !== null);
  const canTile = useCallState(hasLarge);
  const flip = useFlipCamera();
  const items: (MoreItem | false)[] = [
    flip !== undefined && { icon: <SwitchCamera aria-hidden />, label: view.flip, run: flip },
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
    size !== 'wide' && { icon: <Activity aria-hidden />, label: room.inspector, run: actions.inspector },
    size === 'narrow' && {
      icon: <Mic aria-hidden />,
      label: devices.microphoneOptions,
      run: () => openDevices('microphone'),
    },
    size === 'narrow' && {
      icon: <Camera aria-hidden />,
      label: devices.cameraOptions,
      run: () => openDevices('camera'),
    },
    canTile && {
      icon: <Grid2x2 aria-hidden />,
      label: isTiled ? view.untiled : view.tiled,
      run: actions.layout,
    },
    {
      icon: <LayoutDashboard aria-hidden />,
      label: stage.layout,
      run: () => call.store.setState({ dialog: 'layout' }),
    },
    {
      icon: isSelfHidden ? <Eye aria-hidden /> : <EyeOff aria-hidden />,
      label: isSelfHidden ? view.showSelf : view.hideSelf,
      run: () => setSelfHidden(call, !isSelfHidden),
    },
    canShowSmall() && {
      icon: <PictureInPicture2 aria-hidden />,
      label: isSmall ? view.endPip : view.pipAll,
      run: () => void toggleSmallWindow(call),
    },
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
