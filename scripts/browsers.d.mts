export function ensureBrowsers(): boolean;
