/** Whether the person's keyboard has a Command key where others have Ctrl. */
export function isMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform);
}
