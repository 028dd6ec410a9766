import { useEffect } from 'react';
import { useStore } from 'zustand';
import { pageConfig } from '../page-config.js';
import type { Call } from '../state/call.js';
import { useCall } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { showSmall } from './pip/picture-in-picture.js';

/**
 * Gives the call to the system's own controls (Media Session): headset keys and the lock screen mute and hang up, the
 * room's name is shown there, and a browser that wants to opens the small window when one goes to another tab.
 */
export function useMediaSession(): void {
  const call = useCall();
  const { app } = useMessages();
  const { microphone, camera } = useStore(call.desk.store, (state) => state.media);
  useEffect(() => offerActions(call), [call]);
  useEffect(() => {
    if (!('mediaSession' in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({
      title: call.roomName,
      artist: app.name,
      artwork: [{ src: `${pageConfig.basePath}/icon.svg`, type: 'image/svg+xml', sizes: 'any' }],
    });
    return () => {
      navigator.mediaSession.metadata = null;
    };
  }, [call, app]);
  useEffect(() => {
    const session = navigator.mediaSession as Partial<MediaSession> | undefined;
    // Refused while the page is hidden, or nothing at all from browsers that promise nothing here.
    for (const told of [
      session?.setMicrophoneActive?.(microphone === 'on'),
      session?.setCameraActive?.(camera === 'on'),
    ])
      void Promise.resolve(told).catch(() => {});
  }, [microphone, camera]);
}

function offerActions(call: Call): () => void {
  const { desk } = call;
  const isOn = (source: 'microphone' | 'camera') => desk.media.state[source] === 'on';
  const actions: Readonly<Record<string, () => void>> = {
    togglemicrophone: () => void desk.toggle('microphone', !isOn('microphone')),
    togglecamera: () => void desk.toggle('camera', !isOn('camera')),
    hangup: () => void call.leave(),
    enterpictureinpicture: () => void showSmall(call),
  };
  const offered = Object.entries(actions).filter(([name, run]) => setHandler(name, run));
  return () => {
    for (const [name] of offered) setHandler(name, null);
  };
}

/** False when the browser does not know the action. */
function setHandler(name: string, run: (() => void) | null): boolean {
  try {
    navigator.mediaSession.setActionHandler(name as MediaSessionAction, run);
    return true;
  } catch {
    return false;
  }
}
