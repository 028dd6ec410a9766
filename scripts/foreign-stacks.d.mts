export function ensureForeignStacks(): boolean;
