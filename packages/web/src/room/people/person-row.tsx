import { Crown, Ellipsis, Eye, Mic, MicOff, MonitorUp, Video, VideoOff } from 'lucide-react';
import { useMessages } from '../../state/language-store.js';
import type { MemberView } from '../../state/room-view.js';
import { Avatar } from '../../ui/avatar.js';
import { Menu } from '../../ui/menu.js';
import { HostActions } from './host-actions.js';
import styles from './people-panel.module.css';
import { useHostPowers } from './use-host-powers.js';

export function PersonRow({ member }: { readonly member: MemberView }) {
  const { people, room, tile } = useMessages();
  const powers = useHostPowers(member);
  const { media } = member;
  return (
    <li className={styles.person}>
      <Avatar name={member.name} />
      <div className={styles.who}>
        <span className={styles.name}>{member.isSelf ? room.youNamed(member.name) : member.name}</span>
        <span className={styles.role}>
          {member.role === 'host' && (
            <>
              <Crown aria-hidden /> {tile.host}
            </>
          )}
          {member.role === 'viewer' && (
            <>
              <Eye aria-hidden /> {tile.viewer}
            </>
          )}
          {!member.connected && <em>{people.away}</em>}
        </span>
      </div>
      <span className={styles.media}>
        {media.screen === 'on' && <MonitorUp role="img" aria-label={people.sharing} />}
        {media.microphone === 'on' ? (
          <Mic aria-hidden />
        ) : (
          <MicOff role="img" aria-label={people.microphoneOff} className={styles.off} />
        )}
        {media.camera === 'on' ? (
          <Video aria-hidden />
        ) : (
          <VideoOff role="img" aria-label={people.cameraOff} className={styles.off} />
        )}
      </span>
      {powers.items.length > 0 && (
        <Menu
          trigger={
            <button type="button" className={styles.menu} aria-label={people.options(member.name)}>
              <Ellipsis aria-hidden />
            </button>
          }
        >
          <HostActions powers={powers} />
        </Menu>
      )}
      {powers.dialog}
    </li>
  );
}
