/** Something that was broken on purpose. */
export interface Fault {
  /** Makes it whole again. More than once does no harm. */
  mend(): void;
}

/** A fault whose mending runs once. */
export function fault(mend: () => void): Fault {
  let isMended = false;
  return {
    mend() {
      if (isMended) return;
      isMended = true;
      mend();
    },
  };
}
