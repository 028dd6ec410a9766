import { exportRecord, type Fact } from '@madang/client';
import { Download } from 'lucide-react';
import { useId, useState } from 'react';
import { pageConfig } from '../../page-config.js';
import { Button } from '../../ui/button.js';
import { useTexts } from '../inspector-texts.js';
import { wallMoment } from '../model/wall-moment.js';
import styles from './report.module.css';
import { reportName } from './report-name.js';

interface SaveReportProps {
  readonly facts: readonly Fact[];
  /** The moment that the report is of, as in `atMs`. */
  readonly nowMs: number;
  /** What the file is named after. */
  readonly fileTitle: string;
  /** Then the way to the page where reports are opened is shown, too. */
  readonly isInCall?: boolean;
}

/** Hands out one file with all facts. Nothing is sent anywhere. */
export function SaveReport({ facts, nowMs, fileTitle, isInCall = false }: SaveReportProps) {
  const { report } = useTexts().inspector;
  const [withAddresses, setWithAddresses] = useState(false);
  const id = useId();
  const save = () => {
    const wallMs = wallMoment(facts, nowMs);
    const addresses = withAddresses ? 'plain' : 'masked';
    download(exportRecord(facts, { addresses, wallMs }), reportName(fileTitle, new Date(wallMs)));
  };
  return (
    <section className={styles.report} aria-label={report.heading}>
      <h3 className={styles.heading}>{report.heading}</h3>
      <p className={styles.soft}>{report.text}</p>
      <div className={styles.actions}>
        <Button onClick={save}>
          <Download aria-hidden />
          {report.save}
        </Button>
        <label className={styles.box}>
          <input
            type="checkbox"
            checked={withAddresses}
            aria-describedby={id}
            onChange={({ target }) => setWithAddresses(target.checked)}
          />
          {report.addresses}
        </label>
      </div>
      <p id={id} className={styles.soft}>
        {report.addressesText}
      </p>
      {isInCall && (
        <p className={styles.soft}>
          <a href={`${pageConfig.basePath}/inspect`} target="_blank" rel="noreferrer">
            {report.openPage}
          </a>
        </p>
      )}
    </section>
  );
}

function download(json: string, name: string): void {
  const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has to have begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
