import type { LocalTrack, RemoteTrack } from '@madang/client';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useDeskState } from '../devices/desk-context.js';
import { canChooseSpeaker } from '../devices/test-sound.js';
import { useCall, useCallState } from '../state/call-context.js';
import { preferences } from '../state/preferences.js';
import { useVolume } from './stage/volumes.js';

/** Plays what the others say, and the sound of their screens. */
export function RemoteSounds() {
  const members = useCallState((state) => state.view.members);
  return members
    .filter((member) => !member.isSelf)
    .flatMap(({ id, microphone, screenAudio }) => [
      microphone && <RemoteSound key={`${id}/microphone`} track={microphone} memberId={id} />,
      screenAudio && <RemoteSound key={`${id}/screen-audio`} track={screenAudio} memberId={id} />,
    ]);
}

function RemoteSound({ track, memberId }: { readonly track: LocalTrack | RemoteTrack; readonly memberId: string }) {
  const call = useCall();
  const element = useRef<HTMLAudioElement>(null);
  const chosenId = useStore(preferences, (state) => state.speakerId);
  const speakers = useDeskState((state) => state.lists.speakers);
  // A speaker that was pulled out may leave silence behind: then sound comes out of the usual one, until it is back.
  const isThere = speakers.length === 0 || speakers.some(({ deviceId }) => deviceId === chosenId);
  const speakerId = chosenId === undefined || isThere ? chosenId : '';
  const isBlocked = useCallState((state) => state.soundBlocked);
  const volume = useVolume(memberId);

  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    track.attach(audio);
    return () => track.detach(audio);
  }, [track]);

  useEffect(() => {
    const audio = element.current;
    if (!audio || speakerId === undefined || !canChooseSpeaker()) return;
    audio.setSinkId(speakerId).catch(() => {});
  }, [speakerId]);

  useEffect(() => {
    if (element.current) element.current.volume = volume;
  }, [volume]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another track has to be started, too
  useEffect(() => {
    if (isBlocked) return;
    element.current?.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError')
        call.store.setState({ soundBlocked: true });
    });
  }, [call, track, isBlocked]);

  // biome-ignore lint/a11y/useMediaCaption: a live conversation has no captions yet
  return <audio ref={element} autoPlay />;
}
