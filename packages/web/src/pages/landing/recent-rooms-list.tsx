import { X } from 'lucide-react';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { roomPath } from '../../address/room-path.js';
import { useMessages } from '../../state/language-store.js';
import { forgetRecentRoom, forgetRecentRooms, recentRooms } from '../../state/recent-rooms.js';
import { Button } from '../../ui/button.js';
import styles from './recent-rooms-list.module.css';

export function RecentRooms() {
  const { landing, recent } = useMessages();
  const rooms = useStore(recentRooms, (state) => state.rooms);
  if (rooms.length === 0) return null;
  return (
    <section className={styles.recent} aria-labelledby="recent-rooms">
      <h2 id="recent-rooms" className={styles.heading}>
        {landing.recent} <span>{landing.recentNote}</span>
      </h2>
      <ul className={styles.list}>
        {rooms.map((room) => (
          <li key={room} className={styles.chip}>
            <Link href={roomPath(room)} className={styles.link}>
              {room}
            </Link>
            <button
              type="button"
              className={styles.forget}
              aria-label={landing.forget(room)}
              onClick={() => forgetRecentRoom(room)}
            >
              <X size={16} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {rooms.length > 1 && (
        <Button look="quiet" className={styles.clear} onClick={forgetRecentRooms}>
          {recent.clear}
        </Button>
      )}
    </section>
  );
}
