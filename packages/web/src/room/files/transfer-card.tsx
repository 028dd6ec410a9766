import { Download, RotateCcw, X } from 'lucide-react';
import { formatSize } from '../../state/format-size.js';
import { useMessages } from '../../state/language-store.js';
import type { TransferView } from '../../state/transfers.js';
import { Button } from '../../ui/button.js';
import { remainingTime } from './remaining-time.js';
import { saveFile } from './save-file.js';
import styles from './transfer-card.module.css';
import { useFileActions } from './use-file-actions.js';

/** One file: who it is from or for, how far it is, and what can be done about it. */
export function TransferCard({ view }: { readonly view: TransferView }) {
  const { files } = useMessages();
  const { hide } = useFileActions();
  const { direction, memberName, name, size, state, transfer } = view;
  return (
    <li className={styles.card} data-transfer={view.id} data-state={state}>
      <div className={styles.head}>
        <p className={styles.name} dir="auto" title={name}>
          {name}
        </p>
        {transfer.isOver && (
          <button type="button" className={styles.hide} aria-label={files.hide(name)} onClick={() => hide(transfer)}>
            <X size={18} aria-hidden />
          </button>
        )}
      </div>
      <p className={styles.about}>
        {direction === 'incoming' ? files.from(memberName) : files.to(memberName)} · {formatSize(size)}
      </p>
      <Progress view={view} />
      <p className={state === 'failed' ? styles.problem : styles.about}>
        {view.failure !== undefined && state === 'failed' ? files.failure[view.failure] : stateText(view, files)}
      </p>
      <TransferButtons view={view} />
    </li>
  );
}

function stateText({ state, direction }: TransferView, files: ReturnType<typeof useMessages>['files']): string {
  return state === 'offered' && direction === 'incoming' ? files.nothingYet : files.state[state];
}

function Progress({ view }: { readonly view: TransferView }) {
  const { files } = useMessages();
  const { state, bytes, size, rate, etaMs, name } = view;
  if (state !== 'running' && state !== 'paused' && state !== 'accepted' && state !== 'checking') return null;
  const amount = files.amount(formatSize(bytes), formatSize(size));
  const parts = [
    amount,
    rate > 0 && files.perSecond(formatSize(rate)),
    etaMs !== undefined && remainingTime(etaMs, files),
  ];
  return (
    <>
      <progress
        className={styles.progress}
        aria-label={files.progress(name)}
        aria-valuetext={amount}
        max={Math.max(1, size)}
        value={bytes}
      />
      <p className={styles.numbers}>{parts.filter(Boolean).join(' · ')}</p>
    </>
  );
}

function TransferButtons({ view }: { readonly view: TransferView }) {
  const { files } = useMessages();
  const { accept, send } = useFileActions();
  const { transfer, name } = view;
  if (transfer.direction === 'incoming' && transfer.state === 'offered') {
    return (
      <div className={styles.buttons}>
        <Button look="primary" aria-description={name} onClick={() => accept(transfer)}>
          {files.accept}
        </Button>
        <Button aria-description={name} onClick={() => transfer.decline()}>
          {files.decline}
        </Button>
      </div>
    );
  }
  if (!transfer.isOver) {
    return (
      <div className={styles.buttons}>
        <Button aria-description={name} onClick={() => transfer.cancel()}>
          {files.cancel}
        </Button>
      </div>
    );
  }
  if (transfer.direction === 'incoming') {
    const { file } = transfer;
    return file === undefined ? null : (
      <div className={styles.buttons}>
        <Button aria-description={name} onClick={() => saveFile(file, name)}>
          <Download aria-hidden />
          {files.save}
        </Button>
      </div>
    );
  }
  if (transfer.state !== 'failed' || transfer.failure === 'member_left') return null;
  return (
    <div className={styles.buttons}>
      <Button aria-description={name} onClick={() => send([asFile(transfer.file, name)], transfer.memberId)}>
        <RotateCcw aria-hidden />
        {files.retry}
      </Button>
    </div>
  );
}

function asFile(blob: Blob, name: string): File {
  return blob instanceof File ? blob : new File([blob], name, { type: blob.type });
}
