/** `too_large`: more than 20 MB; `not_a_record`: something else; `newer_version`: written by a newer program. */
export type RecordErrorCode = 'too_large' | 'not_a_record' | 'newer_version';

const MESSAGES: Record<RecordErrorCode, string> = {
  too_large: 'The file is larger than a record of a call can be.',
  not_a_record: 'The file is not a record of a call.',
  newer_version: 'The record was written by a newer version of this program.',
};

/** What `readRecord` refuses with. Decide by `code`. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly code: RecordErrorCode;
  /** Where in the file, for developers. */
  readonly detail: string | undefined;

  constructor(code: RecordErrorCode, detail?: string) {
    super(MESSAGES[code]);
    this.code = code;
    this.detail = detail;
  }
}
