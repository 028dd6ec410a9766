import { DeviceError, MadangError } from '@madang/client';
import { currentMessages } from '../state/language-store.js';
import { toast } from '../state/notices.js';

/** Carries out a wish and says in a toast why it was not granted. Resolves to whether it was. */
export async function attempt(wish: Promise<unknown>): Promise<boolean> {
  try {
    await wish;
    return true;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason) toast(reason);
    return false;
  }
}

/** In the words of the page; undefined where nothing need be said. */
export function reasonOf(error: unknown): string | undefined {
  const { errors, deviceErrors } = currentMessages();
  if (error instanceof MadangError) return errors[error.code];
  if (!(error instanceof DeviceError)) return errors.internal;
  if (error.kind === 'cancelled') return undefined;
  return `${deviceErrors.title[error.kind](deviceErrors.what[error.source])}. ${deviceErrors.text[error.kind]}`;
}
