const TURN_URL = /^turns?:[^\s?,/@]+(?:\?transport=(?:udp|tcp))?$/i;

/** Whether a text is a TURN URL (RFC 7065). */
export const isTurnUrl = (text: string): boolean => TURN_URL.test(text);
