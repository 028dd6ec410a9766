import { FileX2, FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import { useMessages } from '../../state/language-store.js';
import { Button } from '../../ui/button.js';
import styles from './inspect-page.module.css';
import type { ReadReport } from './read-report-file.js';

interface FileCardProps {
  readonly problem: Extract<ReadReport, { ok: false }> | undefined;
  readonly onOpen: (file: File | undefined) => void;
}

/** Opens a saved report, and says why a file is none. */
export function FileCard({ problem, onOpen }: FileCardProps) {
  const { page } = useMessages().inspector;
  const input = useRef<HTMLInputElement>(null);
  return (
    <section className={styles.card} aria-label={page.file}>
      <h2>{page.file}</h2>
      <div>
        <Button onClick={() => input.current?.click()}>
          <FolderOpen aria-hidden />
          {page.openFile}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={({ target }) => {
          onOpen(target.files?.[0]);
          // So that the same file can be opened again.
          target.value = '';
        }}
      />
      <p className={styles.soft}>{page.drop}</p>
      {problem && (
        <p className={styles.problem} role="alert">
          <FileX2 aria-hidden />
          <span>
            <strong>{problem.name}</strong>: {page.problem[problem.problem]}
          </span>
        </p>
      )}
    </section>
  );
}
