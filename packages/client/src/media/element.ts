/** What shows or plays a track: a `video` or `audio` element. */
export type MediaElement = Pick<HTMLMediaElement, 'srcObject'>;

/** Makes `element` show `stream`. Setting the same object again would restart the picture in some browsers. */
export function attachStream(element: MediaElement, stream: MediaStream): void {
  if (element.srcObject !== stream) element.srcObject = stream;
}

/** Empties `element` if it shows `stream`; one that has been given to another stream meanwhile is left alone. */
export function detachStream(element: MediaElement, stream: MediaStream): void {
  if (element.srcObject === stream) element.srcObject = null;
}
