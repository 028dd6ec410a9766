import type { Fact, Step } from '@madang/client';
import { MediaDetails } from '../details/media-details.js';
import { SignalingDetails } from '../details/signaling-details.js';
import { useTexts } from '../inspector-texts.js';
import { rungArrow } from '../model/rung-arrow.js';
import { LadderSides } from './ladder-sides.js';
import { Rung } from './rung.js';

interface OwnLadderProps {
  readonly facts: readonly Fact[];
  readonly steps: readonly Step[];
  readonly nowMs: number;
}

/** What this browser has to do before there can be any connection: devices, and the server. */
export function OwnLadder({ facts, steps, nowMs }: OwnLadderProps) {
  const { inspector } = useTexts();
  return (
    <LadderSides a={inspector.you} b={inspector.server}>
      {steps.map((step) => (
        <Rung key={step.step} step={step} arrow={rungArrow(step.step)} startMs={0} nowMs={nowMs}>
          {() => (step.step === 'media' ? <MediaDetails facts={facts} /> : <SignalingDetails facts={facts} />)}
        </Rung>
      ))}
    </LadderSides>
  );
}
