export function missingPackages(): string[];
export function installCommand(packages: readonly string[]): string;
export function ensureBrowsers(): boolean;
