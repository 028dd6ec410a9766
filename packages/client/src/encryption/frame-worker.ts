import { FramePipes } from './frame-pipes.js';
import type { FromWorker, PipeOptions, ToWorker } from './worker-messages.js';

/** As much of a worker's global scope as is used here; the page's types know other names. */
interface WorkerScope {
  postMessage(message: FromWorker): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  onrtctransform: ((event: RtcTransformEvent) => void) | null;
}
interface RtcTransformEvent {
  readonly transformer: {
    readonly readable: ReadableStream;
    readonly writable: WritableStream;
    readonly options: PipeOptions;
  };
}

const scope = globalThis as unknown as WorkerScope;
const pipes = new FramePipes((pipe, state) => scope.postMessage({ type: 'state', pipe, state }));
scope.onmessage = ({ data }) => pipes.handle(data);
scope.onrtctransform = ({ transformer: { options, readable, writable } }) => {
  void pipes.run(options, readable, writable);
};
