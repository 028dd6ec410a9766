import { type DragEvent, useEffect, useState } from 'react';
import { Inspector } from '../../inspector/inspector.js';
import { InspectorTextsContext } from '../../inspector/inspector-texts.js';
import { SaveReport } from '../../inspector/report/save-report.js';
import { useMessages } from '../../state/language-store.js';
import { announce } from '../../state/notices.js';
import { PageFrame } from '../../ui/page-frame.js';
import { usePageTitle } from '../use-page-title.js';
import { FileCard } from './file-card.js';
import styles from './inspect-page.module.css';
import { LiveCard } from './live-card.js';
import { type ReadReport, readReportFile } from './read-report-file.js';
import { Shown } from './shown.js';
import { useLiveCalls } from './use-live-calls.js';

/** The inspector for a call in another tab of this browser, or for a saved report. */
export function InspectPage() {
  const messages = useMessages();
  const { page, pageTitle } = messages.inspector;
  const live = useLiveCalls();
  const [read, setRead] = useState<ReadReport>();
  const [isDropping, setDropping] = useState(false);
  usePageTitle(pageTitle);
  const open = async (file: File | undefined) => {
    if (!file) return;
    live?.unwatch();
    setRead(await readReportFile(file));
  };
  const drop = useDrop(setDropping, (file) => void open(file));
  useEffect(() => {
    if (read?.ok) announce(page.opened(read.name));
  }, [read, page]);
  const watched = live?.watched;
  return (
    <PageFrame>
      <div className={`${styles.page} ${isDropping ? styles.dropping : ''}`} {...drop}>
        <header>
          <h1 className={styles.heading}>{page.heading}</h1>
          <p className={styles.lead}>{page.lead}</p>
        </header>
        <div className={styles.cards}>
          <LiveCard
            calls={live?.calls ?? []}
            onWatch={(call) => {
              setRead(undefined);
              live?.watch(call);
            }}
          />
          <FileCard problem={read?.ok === false ? read : undefined} onOpen={(file) => void open(file)} />
        </div>
        <InspectorTextsContext value={messages}>
          {watched && (
            <Shown
              heading={page.watching(watched.call.room)}
              note={watched.isOver ? page.ended : undefined}
              onClose={() => live.unwatch()}
            >
              <Inspector facts={watched.facts} nowMs={watched.nowMs} />
              <SaveReport facts={watched.facts} nowMs={watched.nowMs} fileTitle={watched.call.room} />
            </Shown>
          )}
          {read?.ok && (
            <Shown heading={page.opened(read.name)} onClose={() => setRead(undefined)}>
              <Inspector facts={read.facts} nowMs={read.nowMs} />
            </Shown>
          )}
        </InspectorTextsContext>
      </div>
    </PageFrame>
  );
}

/** Takes a file that is dropped anywhere on the page, instead of leaving the page for it. */
function useDrop(over: (isOver: boolean) => void, take: (file: File | undefined) => void) {
  const hasFile = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return {
    onDragOver: (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      over(true);
    },
    onDragLeave: () => over(false),
    onDrop: (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      over(false);
      take(event.dataTransfer.files[0]);
    },
  };
}
