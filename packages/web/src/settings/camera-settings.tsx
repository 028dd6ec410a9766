import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useDesk, useDeskState } from '../devices/desk-context.js';
import { loadingEffects } from '../devices/tune.js';
import { backgroundBlurLack, constraintLack, filterLack } from '../effects/index.js';
import {
  BLUR_RANGE,
  BRIGHTNESS_RANGE,
  type CaptureSettings,
  captureSettings,
  FRAME_RATES,
  HEIGHTS,
  setCapture,
} from '../state/capture-settings.js';
import { useMessages } from '../state/language-store.js';
import { Select } from '../ui/select.js';
import { VideoView } from '../ui/video-view.js';
import styles from './settings.module.css';
import { SliderRow } from './slider-row.js';
import { SwitchRow } from './switch-row.js';

/** Size and rate of the picture, how it looks to oneself, and how to the others. */
export function CameraSettings() {
  const desk = useDesk();
  const { settings, devices } = useMessages();
  const chosen = useStore(captureSettings);
  const isOn = useDeskState((state) => state.media.camera === 'on');
  const isLoading = useStore(loadingEffects, (loading) => loading.camera);
  const track = desk.media.tracks.get('camera');
  const filterReason = filterLack();
  return (
    <section className={styles.section} aria-labelledby="settings-camera">
      <h3 id="settings-camera">{devices.camera}</h3>
      {isOn && track !== undefined ? (
        <div className={styles.preview}>
          <VideoView track={track} isMirrored={chosen.mirror} label={settings.preview} />
          <Got />
        </div>
      ) : (
        <p className={styles.note}>{settings.cameraOff}</p>
      )}
      <div className={styles.pair}>
        <div className={styles.field}>
          <span aria-hidden>{settings.resolution}</span>
          <Select
            label={settings.resolution}
            choices={HEIGHTS.map((height) => ({ value: String(height), label: `${height}p` }))}
            value={String(chosen.height)}
            placeholder=""
            onChoose={(height) => setCapture({ height: Number(height) as CaptureSettings['height'] })}
          />
        </div>
        <div className={styles.field}>
          <span aria-hidden>{settings.frameRate}</span>
          <Select
            label={settings.frameRate}
            choices={FRAME_RATES.map((rate) => ({ value: String(rate), label: settings.perSecond(rate) }))}
            value={String(chosen.frameRate)}
            placeholder=""
            onChoose={(rate) => setCapture({ frameRate: Number(rate) as CaptureSettings['frameRate'] })}
          />
        </div>
      </div>
      {constraintLack('frameRate') && <p className={styles.note}>{settings.lack['no-constraint']}</p>}
      <SwitchRow
        label={settings.mirror}
        hint={settings.mirrorHint}
        isOn={chosen.mirror}
        onChange={(mirror) => setCapture({ mirror })}
      />
      <SwitchRow
        label={settings.backgroundBlur}
        hint={isLoading && chosen.backgroundBlur ? settings.loading : settings.costly}
        lack={backgroundBlurLack()}
        isOn={chosen.backgroundBlur}
        onChange={(backgroundBlur) => setCapture({ backgroundBlur })}
      />
      <SwitchRow
        label={settings.grey}
        lack={filterReason}
        isOn={chosen.grey}
        onChange={(grey) => setCapture({ grey })}
      />
      <SliderRow
        label={settings.brightness}
        range={BRIGHTNESS_RANGE}
        value={chosen.brightness}
        shown={`${chosen.brightness} %`}
        lack={filterReason}
        onChange={(brightness) => setCapture({ brightness })}
      />
      <SliderRow
        label={settings.blur}
        range={BLUR_RANGE}
        value={chosen.blur}
        shown={chosen.blur === 0 ? settings.none : String(chosen.blur)}
        lack={filterReason}
        onChange={(blur) => setCapture({ blur })}
      />
    </section>
  );
}

const LOOK_AGAIN_MS = 1_000;

/** What the camera really gives, which may be less than was asked for. */
function Got() {
  const desk = useDesk();
  const { settings } = useMessages();
  const [got, setGot] = useState<MediaTrackSettings>({});
  useEffect(() => {
    const look = () => setGot(desk.media.tracks.get('camera')?.deviceTrack.getSettings() ?? {});
    look();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [desk]);
  if (!got.width || !got.height) return null;
  return <p className={styles.got}>{settings.got(got.width, got.height, Math.round(got.frameRate ?? 0))}</p>;
}
