import { useStore } from 'zustand';
import { useDesk, useDeskState } from '../devices/desk-context.js';
import { LevelMeter } from '../devices/level-meter.js';
import { loadingEffects } from '../devices/tune.js';
import { constraintLack, noiseSuppressionLack } from '../effects/index.js';
import { captureSettings, setCapture } from '../state/capture-settings.js';
import { useMessages } from '../state/language-store.js';
import styles from './settings.module.css';
import { SwitchRow } from './switch-row.js';

/** What is done to the sound before anybody hears it. */
export function MicrophoneSettings() {
  const desk = useDesk();
  const { settings, devices } = useMessages();
  const chosen = useStore(captureSettings);
  const revision = useDeskState((state) => state.revision);
  const isLoading = useStore(loadingEffects, (loading) => loading.microphone);
  return (
    <section className={styles.section} aria-labelledby="settings-microphone">
      <h3 id="settings-microphone">{devices.microphone}</h3>
      <LevelMeter track={desk.media.tracks.get('microphone')} revision={revision} />
      <SwitchRow
        label={settings.echoCancellation}
        hint={settings.echoCancellationHint}
        lack={constraintLack('echoCancellation')}
        isOn={chosen.echoCancellation}
        onChange={(echoCancellation) => setCapture({ echoCancellation })}
      />
      <SwitchRow
        label={settings.noiseSuppression}
        hint={chosen.strongNoiseSuppression ? settings.replacedByStrong : settings.noiseSuppressionHint}
        lack={constraintLack('noiseSuppression')}
        isOn={chosen.noiseSuppression && !chosen.strongNoiseSuppression}
        isLocked={chosen.strongNoiseSuppression}
        onChange={(noiseSuppression) => setCapture({ noiseSuppression })}
      />
      <SwitchRow
        label={settings.strongNoiseSuppression}
        hint={isLoading && chosen.strongNoiseSuppression ? settings.loading : settings.costly}
        lack={noiseSuppressionLack()}
        isOn={chosen.strongNoiseSuppression}
        onChange={(strongNoiseSuppression) => setCapture({ strongNoiseSuppression })}
      />
      <SwitchRow
        label={settings.autoGainControl}
        hint={settings.autoGainControlHint}
        lack={constraintLack('autoGainControl')}
        isOn={chosen.autoGainControl}
        onChange={(autoGainControl) => setCapture({ autoGainControl })}
      />
    </section>
  );
}
