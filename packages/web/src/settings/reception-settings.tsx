import { useState } from 'react';
import { useCall } from '../state/call-context.js';
import { useMessages } from '../state/language-store.js';
import { prefer, preferences, RECEPTIONS } from '../state/preferences.js';
import { ChoiceList } from '../ui/choice-list.js';
import styles from './settings.module.css';

/** How much of the others comes in. Counts at once, and for the next calls. */
export function ReceptionSettings() {
  const { room } = useCall();
  const { reception } = useMessages();
  const [chosen, choose] = useState(preferences.getState().reception);
  return (
    <section className={styles.section} aria-labelledby="settings-reception">
      <h3 id="settings-reception">{reception.heading}</h3>
      <p className={styles.note}>{reception.note}</p>
      <ChoiceList
        label={reception.heading}
        choices={RECEPTIONS.map((value) => ({ value, ...reception.choices[value] }))}
        value={chosen}
        onChoose={(value) => {
          choose(value);
          prefer({ reception: value });
          room.setReception(value);
        }}
      />
    </section>
  );
}
