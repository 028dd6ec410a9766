import { DoorOpen, LockKeyhole } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { inventRoomName } from '../../address/invent-room-name.js';
import { roomPath } from '../../address/room-path.js';
import { drawRoomSecret, secretFragment } from '../../address/room-secret.js';
import { useLanguage, useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import { PageFrame } from '../../ui/page-frame.js';
import { usePageTitle } from '../use-page-title.js';
import { CourtyardPicture } from './courtyard-picture.js';
import styles from './landing-page.module.css';
import { RecentRooms } from './recent-rooms-list.js';
import { RoomForm } from './room-form.js';

/** Chooses or invents a room. It lists only where this device has been. */
export function LandingPage() {
  const language = useLanguage();
  const { app, landing, encryption, learn, test } = useMessages();
  const [, navigate] = useLocation();
  usePageTitle(app.name);
  return (
    <PageFrame>
      <div className={styles.hero}>
        <div className={styles.words}>
          <h1 className={styles.heading}>{landing.heading}</h1>
          <p className={styles.lead}>{landing.lead}</p>
          <div className={styles.doors}>
            <Button look="primary" size="large" isWide onClick={() => navigate(roomPath(inventRoomName(language)))}>
              <DoorOpen aria-hidden />
              {landing.newRoom}
            </Button>
            <Button
              look="quiet"
              isWide
              onClick={() => navigate(roomPath(inventRoomName(language)) + secretFragment(drawRoomSecret()))}
            >
              <LockKeyhole aria-hidden />
              {encryption.newRoom}
            </Button>
            <p className={styles.encryptedNote}>{encryption.newRoomNote}</p>
            <p className={styles.or}>{landing.or}</p>
            <RoomForm onGo={(room) => navigate(roomPath(room))} />
          </div>
          <RecentRooms />
          <p className={styles.testLink}>
            <Link href="/test">{test.link}</Link>
          </p>
        </div>
        <CourtyardPicture label={landing.picture} />
      </div>
      <ul className={styles.points}>
        {landing.points.map((point) => (
          <li key={point.title}>
            <h2>{point.title}</h2>
            <p>{point.text}</p>
          </li>
        ))}
      </ul>
      <p className={styles.learn}>
        <a href="learn/">{learn.link}</a>
      </p>
    </PageFrame>
  );
}
