interface Camera {
  readonly deviceId: string;
  readonly label: string;
}

type Facing = 'user' | 'environment';

/** Which way a camera looks, by the name that phones give it; undefined for a camera on a desk. */
export function facingOf(label: string): Facing | undefined {
  if (/\b(back|rear|environment)\b|후면|뒷면/i.test(label)) return 'environment';
  if (/\b(front|user)\b|전면|앞면/i.test(label)) return 'user';
  return undefined;
}

/** The camera that looks the other way than the one in use; undefined where there are not both kinds. */
export function oppositeCamera(cameras: readonly Camera[], inUse: string | undefined): Camera | undefined {
  const front = cameras.find(({ label }) => facingOf(label) === 'user');
  const back = cameras.find(({ label }) => facingOf(label) === 'environment');
  if (!front || !back) return undefined;
  const now = cameras.find(({ deviceId }) => deviceId === inUse);
  return now && facingOf(now.label) === 'environment' ? front : back;
}
