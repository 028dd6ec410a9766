import { useDesk, useDeskState } from '../../devices/desk-context.js';
import { oppositeCamera } from './opposite-camera.js';

/** Turns a phone's camera round; undefined where there are not both a front and a back camera, or none is on. */
export function useFlipCamera(): (() => void) | undefined {
  const desk = useDesk();
  const cameras = useDeskState((state) => state.lists.cameras);
  const isOn = useDeskState((state) => state.media.camera === 'on');
  useDeskState((state) => state.revision);
  const other = oppositeCamera(cameras, desk.chosen('camera'));
  if (!isOn || !other) return undefined;
  return () => void desk.choose('camera', other.deviceId);
}
