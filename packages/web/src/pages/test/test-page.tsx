import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { LevelMeter } from '../../devices/level-meter.js';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import { PageFrame } from '../../ui/page-frame.js';
import { VideoView } from '../../ui/video-view.js';
import { usePageTitle } from '../use-page-title.js';
import { CheckRow } from './check-row.js';
import { ServerList } from './server-list.js';
import styles from './test-page.module.css';
import { saveReport, testReport } from './test-report.js';
import { type RunState, TestRun } from './test-run.js';
import { CHECKS } from './verdict.js';

/** Tries everything that a call needs, from this browser to this server, and says what to do about the rest. */
export function TestPage() {
  const { app, test } = useMessages();
  const [run, setRun] = useState<TestRun>();
  usePageTitle(app.pageTitle(test.link));
  useEffect(() => {
    const opened = new TestRun();
    setRun(opened);
    return () => opened.close();
  }, []);
  return (
    <PageFrame>
      <div className={styles.page}>
        <h1 className={styles.heading}>{test.heading}</h1>
        <p className={styles.lead}>{test.lead}</p>
        {run && <Run run={run} />}
      </div>
    </PageFrame>
  );
}

function Run({ run }: { readonly run: TestRun }) {
  const { test } = useMessages();
  const state = useStore(run.store);
  return (
    <>
      <div className={styles.actions}>
        <Button look="primary" size="large" disabled={state.at === 'running'} onClick={() => void run.start()}>
          {state.at === 'idle' ? test.start : state.at === 'running' ? test.running : test.again}
        </Button>
        {state.at === 'done' && (
          <Button size="large" aria-describedby="test-download-note" onClick={() => saveReport(testReport(state))}>
            <Download size={20} aria-hidden />
            {test.download}
          </Button>
        )}
      </div>
      <p className={styles.summary} role="status">
        {state.at === 'done' && test[summaryOf(state)]}
      </p>
      {state.at === 'done' && (
        <p id="test-download-note" className={styles.note}>
          {test.downloadNote}
        </p>
      )}
      {state.at !== 'idle' && (
        <ul className={styles.checks}>
          {CHECKS.map((check) => (
            <CheckRow key={check} check={check} state={state.checks[check]}>
              {check === 'camera' && <Picture run={run} />}
              {check === 'microphone' && <Voice run={run} />}
              {check === 'udp' && <ServerList walks={state.servers.filter(({ kind }) => kind === 'stun')} />}
              {check === 'relay' && <ServerList walks={state.servers.filter(({ kind }) => kind === 'turn')} />}
              {check === 'speaker' && state.isAsking && <Question run={run} />}
            </CheckRow>
          ))}
        </ul>
      )}
    </>
  );
}

function summaryOf({ checks }: RunState): 'allWell' | 'someWarn' | 'someFail' {
  const states = CHECKS.map((check) => checks[check].state);
  if (states.includes('failed')) return 'someFail';
  return states.includes('warned') ? 'someWarn' : 'allWell';
}

function Picture({ run }: { readonly run: TestRun }) {
  const { test } = useMessages();
  useStore(run.store, (state) => state.revision);
  const track = run.media.tracks.get('camera');
  if (track === undefined) return null;
  return (
    <div className={styles.picture}>
      <VideoView track={track} isMirrored label={test.preview} />
    </div>
  );
}

function Voice({ run }: { readonly run: TestRun }) {
  const { test } = useMessages();
  const revision = useStore(run.store, (state) => state.revision);
  const isRunning = useStore(run.store, (state) => state.checks.microphone.state === 'running');
  const track = run.media.tracks.get('microphone');
  if (track === undefined) return null;
  return (
    <div className={styles.voice}>
      {isRunning && <strong role="status">{test.speak}</strong>}
      <LevelMeter track={track} revision={revision} />
    </div>
  );
}

function Question({ run }: { readonly run: TestRun }) {
  const { test } = useMessages();
  return (
    <fieldset className={styles.question}>
      <legend>{test.didYouHear}</legend>
      <Button onClick={() => run.answer('yes')}>{test.yes}</Button>
      <Button onClick={() => run.answer('no')}>{test.no}</Button>
      <Button look="quiet" onClick={() => run.answer('pass')}>
        {test.pass}
      </Button>
    </fieldset>
  );
}
