import type { StepId } from '@madang/client';
import { useTexts } from '../inspector-texts.js';
import type { Connection } from '../model/connections.js';
import { CandidateDetails } from './candidate-details.js';
import { DescriptionReader } from './description-reader.js';
import styles from './details.module.css';
import { DtlsDetails } from './dtls-details.js';
import { FirstsDetails } from './firsts-details.js';
import { PairTable } from './pair-table.js';
import { PathDetails } from './path-details.js';

interface ConnectionDetailsProps {
  readonly step: StepId;
  readonly connection: Connection;
}

/** What a rung of a connection is made of. */
export function ConnectionDetails({ step, connection }: ConnectionDetailsProps) {
  const { note } = useTexts().inspector;
  switch (step) {
    case 'offer':
    case 'answer':
      return <DescriptionReader key={connection.peer} kind={step} connection={connection} />;
    case 'candidates-sent':
      return <CandidateDetails direction="sent" connection={connection} />;
    case 'candidates-received':
      return <CandidateDetails direction="received" connection={connection} />;
    case 'checks':
      return <PairTable connection={connection} />;
    case 'path':
      return <PathDetails connection={connection} />;
    case 'dtls':
      return <DtlsDetails connection={connection} />;
    case 'first-sent':
    case 'first-rendered':
      return <FirstsDetails direction={step === 'first-sent' ? 'sent' : 'received'} connection={connection} />;
    default:
      return <p className={styles.soft}>{note.nothing}</p>;
  }
}
