import { Minus, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTexts } from '../inspector-texts.js';
import { foldSame, sdpDifference } from '../model/sdp-difference.js';
import styles from './sdp.module.css';

interface SdpDifferenceViewProps {
  readonly before: string;
  readonly after: string;
}

/** What one description has and the other has not, line by line. */
export function SdpDifferenceView({ before, after }: SdpDifferenceViewProps) {
  const { sdp } = useTexts().inspector;
  const lines = useMemo(() => sdpDifference(before, after), [before, after]);
  if (lines.every(({ change }) => change === 'same')) return <p className={styles.soft}>{sdp.same}</p>;
  return (
    <ol className={styles.difference} aria-label={sdp.difference}>
      {foldSame(lines).map((line, ix) =>
        'folded' in line ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: two descriptions never change
          <li key={ix} className={styles.folded}>
            {sdp.folded(line.folded)}
          </li>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: two descriptions never change
          <li key={ix} data-change={line.change}>
            {line.change === 'added' && <Plus role="img" aria-label={sdp.added} />}
            {line.change === 'removed' && <Minus role="img" aria-label={sdp.removed} />}
            <code>{line.text}</code>
          </li>
        ),
      )}
    </ol>
  );
}
