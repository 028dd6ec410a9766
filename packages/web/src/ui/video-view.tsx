import type { LocalTrack, RemoteTrack } from '@madang/client';
import { useEffect, useRef } from 'react';
import styles from './video-view.module.css';

interface VideoViewProps {
  readonly track: LocalTrack | RemoteTrack | undefined;
  readonly label: string;
  readonly isMirrored?: boolean;
  /** `cover` fills the place and cuts the edges, for faces; `contain` shows all, for screens. */
  readonly fit?: 'cover' | 'contain';
  readonly onFrame?: () => void;
}

/** The picture of a track. Its sound, if any, plays elsewhere. */
export function VideoView({ track, label, isMirrored = false, fit = 'cover', onFrame }: VideoViewProps) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video || !track) return;
    track.attach(video);
    // Muted pictures may always play; some browsers still need telling after the source was changed.
    video.play().catch(() => {});
    return () => track.detach(video);
  }, [track]);
  useEffect(() => {
    const video = element.current;
    if (!video || !onFrame || !('requestVideoFrameCallback' in video)) return;
    const handle = video.requestVideoFrameCallback(() => onFrame());
    return () => video.cancelVideoFrameCallback(handle);
  }, [onFrame]);
  return (
    <video
      ref={element}
      className={`${styles.video} ${isMirrored ? styles.mirrored : ''} ${fit === 'contain' ? styles.contain : ''}`}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
