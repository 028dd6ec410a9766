import type { Step } from '@madang/client';
import { ConnectionDetails } from '../details/connection-details.js';
import { useTexts } from '../inspector-texts.js';
import type { Connection } from '../model/connections.js';
import { rungArrow } from '../model/rung-arrow.js';
import { rungNote } from '../model/rung-note.js';
import { sideName } from '../side-name.js';
import { LadderSides } from './ladder-sides.js';
import { Rung } from './rung.js';

interface ConnectionLadderProps {
  readonly connection: Connection;
  readonly steps: readonly Step[];
  readonly nowMs: number;
}

/** From the offer to the first frame: what has to happen between this side and one other. */
export function ConnectionLadder({ connection, steps, nowMs }: ConnectionLadderProps) {
  const texts = useTexts();
  const { openedMs = 0, name, peer } = connection;
  return (
    <LadderSides a={texts.inspector.you} b={sideName(peer, name, texts)}>
      {steps.map((step) => (
        <Rung
          key={step.step}
          step={step}
          peer={peer}
          arrow={rungArrow(step.step, connection)}
          startMs={openedMs}
          nowMs={nowMs}
          note={rungNote(step.step, connection, texts)}
        >
          {() => <ConnectionDetails step={step.step} connection={connection} />}
        </Rung>
      ))}
    </LadderSides>
  );
}
