import { useMessages } from '../../state/language-store.js';
import { QUALITIES } from './connection-quality.js';
import styles from './quality-bars.module.css';
import { useQuality } from './use-quality-watch.js';

/** One to three bars for the connection of a member, as far as it was measured. */
export function QualityBars({ memberId }: { readonly memberId: string }) {
  const { quality: texts } = useMessages();
  const quality = useQuality(memberId);
  if (quality === undefined) return null;
  const reached = QUALITIES.indexOf(quality);
  return (
    <span className={styles.bars} data-quality={quality} role="img" aria-label={texts.connection[quality]}>
      {QUALITIES.map((step, ix) => (
        <i key={step} className={ix <= reached ? styles.reached : ''} />
      ))}
    </span>
  );
}
