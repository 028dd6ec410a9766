export function missingNativeTools(): string[];
export function ensureNativeTools(): boolean;
