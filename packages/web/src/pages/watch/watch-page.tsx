import { Maximize, RefreshCw, SquareX, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { checkRoomName } from '../../address/room-name.js';
import { pageConfig } from '../../page-config.js';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import { LinkButton } from '../../ui/link-button.js';
import { MessageActions, MessagePage, MessageText } from '../../ui/message-page.js';
import { PageFrame } from '../../ui/page-frame.js';
import { Select } from '../../ui/select.js';
import { usePageTitle } from '../use-page-title.js';
import { QUALITIES, type Quality } from './quality.js';
import styles from './watch-page.module.css';
import { type Watched, Watching } from './watching.js';

/** Plays a room whose media goes through the server, without being in it. `typedName` may be anything. */
export function WatchPage({ typedName }: { readonly typedName: string }) {
  const { app, roomNameProblem } = useMessages();
  const checked = checkRoomName(typedName);
  if (checked.ok) return <Watch room={checked.name} />;
  return (
    <MessagePage icon={<SquareX aria-hidden />} heading={app.notFound}>
      <MessageText>{roomNameProblem[checked.problem]}</MessageText>
      <MessageActions>
        <LinkButton href="/" look="primary">
          {app.home}
        </LinkButton>
      </MessageActions>
    </MessagePage>
  );
}

function Watch({ room }: { readonly room: string }) {
  const { app, watch } = useMessages();
  const [watching, setWatching] = useState<Watching>();
  usePageTitle(app.pageTitle(watch.title(room)));
  useEffect(() => {
    const opened = new Watching(`${window.location.origin}${pageConfig.basePath}/whep/${encodeURIComponent(room)}`);
    setWatching(opened);
    return () => opened.close();
  }, [room]);
  return (
    <PageFrame>
      <div className={styles.page}>
        <h1 className={styles.heading}>{watch.title(room)}</h1>
        {watching && <Screen watching={watching} room={room} />}
      </div>
    </PageFrame>
  );
}

function Screen({ watching, room }: { readonly watching: Watching; readonly room: string }) {
  const { watch, room: words } = useMessages();
  const video = useRef<HTMLVideoElement>(null);
  const [isMuted, setMuted] = useState(true);
  const watched = useStore(watching.store);
  const { stream, at, reading, quality } = watched;
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream;
    // Muted pictures may always play; some browsers still need telling after the source was changed.
    video.current.play().catch(() => {});
  }, [stream]);
  const turnSound = () => {
    setMuted(!isMuted);
    if (!video.current) return;
    video.current.muted = !isMuted;
    video.current.play().catch(() => {});
  };
  return (
    <>
      <div className={styles.screen}>
        <video ref={video} className={styles.video} aria-label={watch.picture(room)} autoPlay playsInline muted />
        <p className={styles.state} role="status">
          {sentenceOf(watched, watch)}
        </p>
      </div>
      <div className={styles.controls}>
        <Button look={isMuted ? 'primary' : 'plain'} size="large" onClick={turnSound}>
          {isMuted ? <VolumeX size={20} aria-hidden /> : <Volume2 size={20} aria-hidden />}
          {isMuted ? watch.soundOn : watch.soundOff}
        </Button>
        {document.fullscreenEnabled && (
          <Button size="large" onClick={() => void video.current?.requestFullscreen?.().catch(() => {})}>
            <Maximize size={20} aria-hidden />
            {words.fullscreen}
          </Button>
        )}
        <div className={styles.quality}>
          <Select
            label={watch.quality}
            choices={QUALITIES.map((value) => ({ value, label: watch.qualities[value] }))}
            value={quality}
            placeholder={watch.quality}
            onChoose={(value) => void watching.choose(value as Quality)}
          />
        </div>
        {(at === 'refused' || at === 'trouble') && (
          <Button size="large" onClick={() => watching.again()}>
            <RefreshCw size={20} aria-hidden />
            {watch.again}
          </Button>
        )}
      </div>
      {at === 'playing' && reading && reading.height > 0 && <p className={styles.reading}>{watch.reading(reading)}</p>}
    </>
  );
}

function sentenceOf({ at, code }: Watched, watch: ReturnType<typeof useMessages>['watch']): string {
  if (at === 'playing') return '';
  if (at === 'connecting') return watch.connecting;
  if (at === 'waiting') return watch.waiting;
  const known: Readonly<Record<string, string>> = watch.problems;
  return known[code] ?? (at === 'refused' ? watch.refused : watch.trouble);
}
