import { useTexts } from '../inspector-texts.js';
import type { SdpSection } from '../model/sdp-sections.js';
import styles from './sdp.module.css';

/** One section, folded to its summary; a line that matters is explained where it comes first. */
export function SdpSectionView({ section }: { readonly section: SdpSection }) {
  const { sdp } = useTexts().inspector;
  const firstOf = new Map(section.lines.toReversed().map((line) => [line.topic, line]));
  return (
    <details className={styles.section}>
      <summary>
        <SectionSummary section={section} />
      </summary>
      <ol className={styles.lines}>
        {section.lines.map((line, ix) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a description never changes
          <li key={ix}>
            <code>{line.text}</code>
            {line.topic && firstOf.get(line.topic) === line && <small>{sdp.hint[line.topic]}</small>}
          </li>
        ))}
      </ol>
    </details>
  );
}

function SectionSummary({ section }: { readonly section: SdpSection }) {
  const { sdp, kind } = useTexts().inspector;
  const parts = [
    section.isRefused ? sdp.refused : section.direction && sdp.way[section.direction],
    section.codecs.join(', '),
    section.candidates > 0 && sdp.candidates(section.candidates),
    section.kind === 'session' && sdp.lines(section.lines.length),
  ].filter(Boolean);
  return (
    <>
      <strong>
        {kind[section.kind]}
        {section.mid !== undefined && ` (mid ${section.mid})`}
      </strong>
      <span className={styles.soft}> {parts.join(' · ')}</span>
    </>
  );
}
