import { AudioLines, Hand, LockKeyhole, MicOff, Pin, Star } from 'lucide-react';
import { memo, useEffect } from 'react';
import { useStore } from 'zustand';
import type { Messages } from '../../messages/index.js';
import { captureSettings } from '../../state/capture-settings.js';
import { useMessages } from '../../state/language-store.js';
import { preferences } from '../../state/preferences.js';
import type { AnyTrack } from '../../state/room-view.js';
import { Avatar } from '../../ui/avatar.js';
import { VideoView } from '../../ui/video-view.js';
import { pictureNote } from '../quality/picture-note.js';
import { PictureSign } from '../quality/picture-sign.js';
import { QualityBars } from '../quality/quality-bars.js';
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
  /** By a host, for everyone. */
  readonly isSpotlit: boolean;
  readonly isLarge: boolean;
  /** Lies over the others, small. */
  readonly isFloating: boolean;
  /** The one tile that the tab key comes to. */
  readonly isReached: boolean;
  readonly onReach: (tileId: string) => void;
  /** Place in the queue of raised hands from 1; 0 while the hand is down. */
  readonly handPlace: number;
}

export const Tile = memo(
  function Tile({ tile, rect, isReached, onReach, handPlace, ...looks }: TileProps) {
    const messages = useMessages();
    const { member, source } = tile;
    const { isPinned, isSpotlit, isFloating, isLarge } = looks;
    const isMirrored = useStore(captureSettings, (state) => state.mirror);
    const isScreen = source === 'screen';
    const track = isScreen ? member.screen : member.camera;
    usePriority(track, isLarge);
    const reception = useStore(preferences, (state) => state.reception);
    const forwarding = isScreen ? member.screenForwarding : member.cameraForwarding;
    const hasPicture = track !== undefined && (isScreen || member.media.camera === 'on');
    const name = isScreen ? messages.tile.screenOf(member.name) : member.name;
    const note = hasPicture ? pictureNote(forwarding, reception, isLarge) : undefined;
    const isOff = note?.at === 'paused' && note.why === 'audio-only';
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
        tabIndex={isReached ? 0 : -1}
        onFocus={() => onReach(tile.id)}
      >
        {hasPicture && !isOff ? (
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
        {note && <PictureSign note={note} />}
        <div className={styles.badges}>
          {handPlace > 0 && !isScreen && (
            <span className={styles.hand} role="img" aria-label={messages.tile.hand(handPlace)}>
              <Hand aria-hidden /> {handPlace}
            </span>
          )}
          {isSpotlit && (
            <span className={styles.badge} role="img" aria-label={messages.stage.spotlit}>
              <Star aria-hidden />
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
          {member.encryption === 'open' && <LockKeyhole role="img" aria-label={messages.encryption.heading} />}
          <span className={styles.name}>{shownName(messages, tile)}</span>
          {!isScreen && <QualityBars memberId={member.id} />}
        </div>
        <TileMenu tile={tile} isPinned={isPinned} isSpotlit={isSpotlit} hasPicture={hasPicture} isReached={isReached} />
      </article>
    );
  },
  (before, now) =>
    before.tile.member === now.tile.member &&
    before.tile.id === now.tile.id &&
    before.isPinned === now.isPinned &&
    before.isSpotlit === now.isSpotlit &&
    before.isLarge === now.isLarge &&
    before.isReached === now.isReached &&
    before.isFloating === now.isFloating &&
    before.handPlace === now.handPlace &&
    isSameRect(before.rect, now.rect),
);

/** What is large has to be spared last where a line is too thin for everything. */
function usePriority(track: AnyTrack | undefined, isLarge: boolean): void {
  useEffect(() => {
    if (!isLarge || track === undefined || !('setPriority' in track)) return;
    track.setPriority('high');
    return () => track.setPriority(undefined);
  }, [track, isLarge]);
}

function shownName({ room, stage, tile }: Messages, { member, source }: TileView): string {
  if (source === 'screen') return member.isSelf ? stage.yourScreen : tile.screenOf(member.name);
  return member.isSelf ? room.youNamed(member.name) : member.name;
}

function isSameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
