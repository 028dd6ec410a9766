/** What this device remembers. Reads and writes never throw: storage may be full, blocked or written by hand. */
export function remembered<T>(key: string, isValid: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(`madang.${key}`) ?? 'null');
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`madang.${key}`, JSON.stringify(value));
  } catch {
    // A private window may refuse; then this device remembers nothing.
  }
}
