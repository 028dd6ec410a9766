import { AudioLines, Hand, MicOff, Pin } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { captureSettings } from '../../state/capture-settings.js';
import { useMessages } from '../../state/language-store.js';
import { Avatar } from '../../ui/avatar.js';
import { VideoView } from '../../ui/video-view.js';
import type { Rect } from './arrange-stage.js';
import { markFirstRemoteFrame } from './first-frame.js';
import styles from './tile.module.css';
import { TileMenu } from './tile-menu.js';
import { TileState } from './tile-state.js';
import type { TileView } from './tiles.js';

interface TileProps {
  readonly tile: TileView;
  readonly rect: Rect;
  readonly isPinned: boolean;
  /** Lies over the others, small. */
  readonly isFloating: boolean;
  /** Place in the queue of raised hands from 1; 0 while the hand is down. */
  readonly handPlace: number;
}

export const Tile = memo(
  function Tile({ tile, rect, isPinned, isFloating, handPlace }: TileProps) {
    const messages = useMessages();
    const { member, source } = tile;
    const isMirrored = useStore(captureSettings, (state) => state.mirror);
    const isScreen = source === 'screen';
    const track = isScreen ? member.screen : member.camera;
    const hasPicture = track !== undefined && (isScreen || member.media.camera === 'on');
    const name = isScreen ? messages.tile.screenOf(member.name) : member.name;
    const isSpeaking = !isScreen && member.speaking && member.media.microphone === 'on';
    return (
      <article
        className={`${styles.tile} ${isSpeaking ? styles.speaking : ''} ${member.connected ? '' : styles.away} ${isFloating ? styles.floating : ''}`}
        style={{ transform: `translate(${rect.x}px, ${rect.y}px)`, width: rect.width, height: rect.height }}
        aria-label={name}
        data-member={member.id}
        data-self={member.isSelf}
        data-source={source}
        data-tile={tile.id}
      >
        {hasPicture ? (
          <VideoView
            track={track}
            label={name}
            isMirrored={isMirrored && member.isSelf && !isScreen}
            fit={isScreen ? 'contain' : 'cover'}
            {...(member.isSelf ? {} : { onFrame: markFirstRemoteFrame })}
          />
        ) : (
          <div className={styles.noPicture}>
            <Avatar name={member.name} size="fill" />
          </div>
        )}
        <TileState member={member} />
        <div className={styles.badges}>
          {handPlace > 0 && !isScreen && (
            <span className={styles.hand} role="img" aria-label={messages.tile.hand(handPlace)}>
              <Hand aria-hidden /> {handPlace}
            </span>
          )}
          {isPinned && (
            <span className={styles.badge} role="img" aria-label={messages.tile.pinned}>
              <Pin aria-hidden />
            </span>
          )}
        </div>
        <div className={styles.label}>
          {!isScreen && member.media.microphone !== 'on' && (
            <MicOff role="img" aria-label={messages.tile.muted} className={styles.muted} />
          )}
          {isSpeaking && <AudioLines role="img" aria-label={messages.tile.speaking} className={styles.voice} />}
          <span className={styles.name}>{member.isSelf ? messages.room.youNamed(member.name) : name}</span>
        </div>
        <TileMenu tile={tile} isPinned={isPinned} hasPicture={hasPicture} />
      </article>
    );
  },
  (before, now) =>
    before.tile.member === now.tile.member &&
    before.tile.id === now.tile.id &&
    before.isPinned === now.isPinned &&
    before.isFloating === now.isFloating &&
    before.handPlace === now.handPlace &&
    isSameRect(before.rect, now.rect),
);

function isSameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
