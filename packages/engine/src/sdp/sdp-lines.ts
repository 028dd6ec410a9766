import { SDP_LIMITS } from './sdp-limits.js';

/** Why a text is no description that we would read; `line` counts from 1. */
export interface SdpFault {
  readonly fault:
    | 'too_long'
    | 'too_many_lines'
    | 'line_too_long'
    | 'too_many_sections'
    /** A control character. */
    | 'characters'
    /** Not `x=…`. */
    | 'no_line'
    /** It does not begin with `v=0`. */
    | 'no_version'
    /** An `m=` line that cannot be read. */
    | 'media'
    /** Two sections have one mid. */
    | 'same_mid';
  readonly line: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;

/**
 * The lines of a description, without their ends, or why it has none. A line ends with CR LF, or LF alone (RFC 8866 §5);
 * empty lines at the end are left out.
 */
export function splitLines(text: string): string[] | SdpFault {
  if (text.length > SDP_LIMITS.characters) return { fault: 'too_long', line: 1 };
  const lines = text.split('\n', SDP_LIMITS.lines + 2).map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  if (lines.length > SDP_LIMITS.lines) return { fault: 'too_many_lines', line: SDP_LIMITS.lines + 1 };
  for (const [ix, line] of lines.entries()) {
    const fault = faultOf(line);
    if (fault !== null) return { fault, line: ix + 1 };
  }
  return lines;
}

function faultOf(line: string): SdpFault['fault'] | null {
  if (line.length > SDP_LIMITS.lineCharacters) return 'line_too_long';
  if (CONTROL.test(line)) return 'characters';
  return line.charCodeAt(1) === 0x3d ? null : 'no_line';
}
