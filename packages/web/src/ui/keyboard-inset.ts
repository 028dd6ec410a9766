/** How much of the window's lower edge the on-screen keyboard covers, in CSS pixels; 0 while the page is pinched larger. */
export function keyboardInset(
  windowHeight: number,
  visible: { readonly height: number; readonly offsetTop: number; readonly scale: number } | null | undefined,
): number {
  if (!visible || visible.scale > 1.01) return 0;
  const covered = Math.round(windowHeight - visible.height - visible.offsetTop);
  // Less than any keyboard: an address bar that is just moving.
  return covered < 60 ? 0 : covered;
}
