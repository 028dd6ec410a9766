export interface Need {
  package: string;
  present(): boolean;
}
export function missingPackages(needs: readonly Need[]): string[];
export function installCommand(packages: readonly string[]): string;
export function ensurePackages(needs: readonly Need[], who: string): boolean;
export function isOnPath(name: string): boolean;
