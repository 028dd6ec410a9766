import { LogOut, MicOff } from 'lucide-react';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { DeviceToggle } from '../../devices/device-toggle.js';
import { useCall, useCallState } from '../../state/call-context.js';
import { useLanguage, useMessages } from '../../state/language-store.js';
import { Avatar } from '../../ui/avatar.js';
import { VideoView } from '../../ui/video-view.js';
import { type TileView, tilesOf } from '../stage/tiles.js';
import { closeSmall } from './picture-in-picture.js';
import styles from './small-room.module.css';

/** The call in the small window, while there is one: everyone, small, and the three controls that matter there. */
export function SmallRoom() {
  const call = useCall();
  const pipWindow = useCallState((state) => state.pipWindow);
  const language = useLanguage();
  useEffect(() => () => closeSmall(call), [call]);
  useEffect(() => {
    if (pipWindow) pipWindow.document.documentElement.lang = language;
  }, [pipWindow, language]);
  return pipWindow && createPortal(<SmallPage />, pipWindow.document.body);
}

function SmallPage() {
  const call = useCall();
  const { room } = useMessages();
  const members = useCallState((state) => state.view.members);
  const isSelfHidden = useCallState((state) => state.selfHidden);
  const tiles = tilesOf(members, isSelfHidden && members.length > 1);
  return (
    <main className={styles.page} aria-label={room.stage}>
      <div className={`${styles.tiles} ${tiles.length > 2 ? styles.many : ''}`}>
        {tiles.map((tile) => (
          <SmallTile key={tile.id} tile={tile} />
        ))}
      </div>
      <div className={styles.controls}>
        <DeviceToggle source="microphone" isInRoom />
        <DeviceToggle source="camera" isInRoom />
        {/* Straight out: there is no room here to ask anything, and somebody else becomes host. */}
        <button type="button" className={styles.leave} aria-label={room.leave} onClick={() => void call.leave()}>
          <LogOut aria-hidden />
        </button>
      </div>
    </main>
  );
}

function SmallTile({ tile: { member, source } }: { readonly tile: TileView }) {
  const messages = useMessages();
  const isScreen = source === 'screen';
  const track = isScreen ? member.screen : member.media.camera === 'on' ? member.camera : undefined;
  const name = isScreen ? messages.tile.screenOf(member.name) : member.name;
  return (
    <div className={`${styles.tile} ${member.speaking ? styles.speaking : ''}`}>
      {track ? (
        <VideoView track={track} label={name} isMirrored={member.isSelf} fit={isScreen ? 'contain' : 'cover'} />
      ) : (
        <Avatar name={member.name} />
      )}
      <span className={styles.name}>
        {!isScreen && member.media.microphone !== 'on' && <MicOff role="img" aria-label={messages.tile.muted} />}
        {member.isSelf ? messages.room.you : name}
      </span>
    </div>
  );
}
