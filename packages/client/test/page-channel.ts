/** A data channel as the page sees it, without an other end. */
export class PageChannel {
  readonly ordered = true;
  readonly label: string;
  binaryType = '';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  readyState = 'connecting';
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;

  constructor(label: string) {
    this.label = label;
  }

  open(): void {
    this.readyState = 'open';
    this.onopen?.();
  }

  close(): void {
    this.readyState = 'closed';
  }

  /** Throws as browsers do. */
  protected mustBeOpen(): void {
    if (this.readyState !== 'open') throw new DOMException('not open', 'InvalidStateError');
  }
}
