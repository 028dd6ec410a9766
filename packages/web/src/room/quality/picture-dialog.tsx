import type { TrackSample } from '@madang/client';
import { useRecordSnapshot } from '../../inspector/use-record-snapshot.js';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { Dialog } from '../../ui/dialog.js';
import type { TileView } from '../stage/tiles.js';
import styles from './picture-dialog.module.css';
import { pictureSample } from './picture-sample.js';
import { QualityBars } from './quality-bars.js';
import { useQuality } from './use-quality-watch.js';

interface PictureDialogProps {
  readonly tile: TileView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What comes of a picture, why not a better one, and what helps. */
export function PictureDialog({ tile, isOpen, onClose }: PictureDialogProps) {
  const { quality } = useMessages();
  return (
    <Dialog title={quality.heading(tile.member.name)} isOpen={isOpen} onClose={onClose}>
      <Answer tile={tile} />
    </Dialog>
  );
}

function Answer({ tile: { member, source } }: { readonly tile: TileView }) {
  const { room } = useCall();
  const { quality } = useMessages();
  const { facts, nowMs } = useRecordSnapshot(room.record);
  const measured = useQuality(member.id);
  const sample = pictureSample(facts, { memberId: member.id, isSelf: member.isSelf, source }, nowMs);
  const forwarding = source === 'screen' ? member.screenForwarding : member.cameraForwarding;
  const why = member.isSelf
    ? quality.own
    : forwarding === undefined
      ? quality.straight
      : quality.reason[forwarding.reason];
  const remedy = forwarding && quality.remedy[forwarding.reason];
  return (
    <div className={styles.answer}>
      <p className={styles.numbers}>{sample ? numbersOf(sample, quality) : quality.nothing}</p>
      {forwarding?.layer != null && <p className={styles.soft}>{quality.layer(forwarding.layer + 1)}</p>}
      <p>{why}</p>
      {remedy && <p className={styles.remedy}>{remedy}</p>}
      {measured && (
        <p className={styles.connection}>
          <QualityBars memberId={member.id} /> <span aria-hidden>{quality.connection[measured]}</span>
        </p>
      )}
    </div>
  );
}

function numbersOf(sample: TrackSample, texts: ReturnType<typeof useMessages>['quality']): string {
  const { width = 0, height = 0, framesPerSecond = 0, bps = 0 } = sample;
  return `${texts.comes(width, height, Math.round(framesPerSecond))} · ${texts.bitrate(Math.round(bps / 1_000))}`;
}
