import type { Fact } from '@madang/client';
import { useMemo } from 'react';
import details from '../details/details.module.css';
import section from '../inspector.module.css';
import { useTexts } from '../inspector-texts.js';
import { memberNames } from '../model/connections.js';
import { durationText, elapsedText } from '../model/elapsed.js';
import { interruptionsOf } from '../model/interruptions.js';
import { sideName } from '../side-name.js';

/** What kept sound and picture, or the server, away for a while: each in a sentence, with how long it took. */
export function InterruptionsSection({ facts }: { readonly facts: readonly Fact[] }) {
  const texts = useTexts();
  const { heading, why, back, lasts, over } = texts.served.interruptions;
  const interruptions = useMemo(() => interruptionsOf(facts), [facts]);
  const names = useMemo(() => memberNames(facts), [facts]);
  if (interruptions.length === 0) return null;
  return (
    <section className={section.section} aria-label={heading} data-interruptions>
      <h3 className={section.heading}>{heading}</h3>
      <ol className={details.block}>
        {interruptions.map((one) => {
          const { peer = '', beganMs, afterMs, isOver } = one;
          const name = sideName(peer, names.get(peer) ?? peer, texts);
          return (
            <li key={`${one.why} ${peer} ${beganMs}`} data-why={one.why} data-after={afterMs}>
              {why[one.why](elapsedText(beganMs, 0), name)}{' '}
              {afterMs === undefined ? (isOver ? over : lasts) : back(durationText(afterMs))}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
