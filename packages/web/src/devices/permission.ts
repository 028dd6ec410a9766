import { preferences } from '../state/preferences.js';

/**
 * True when the browser will hand out the devices without asking, as far as can be told: then nothing needs explaining.
 * Browsers that don't tell are believed to ask, unless they handed out devices here before.
 */
export async function mayStartUnasked(): Promise<boolean> {
  const states = await Promise.all([permissionOf('camera'), permissionOf('microphone')]);
  if (states.some((state) => state === undefined)) return preferences.getState().hasAllowed;
  return states.every((state) => state === 'granted');
}

async function permissionOf(name: 'camera' | 'microphone'): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return undefined;
  }
}
