export { chooseLayer, type LayerChoice, type LayerWish } from './layer-choice.js';
export { MediaPacket } from './media-packet.js';
export { OutStream, type OutStreamOptions } from './out-stream.js';
export { Publication } from './publication.js';
export { RowWriter } from './row-writer.js';
export { SlotBudget, type SlotHolder } from './slot-budget.js';
export { Source, type SourceListener, type SourceOptions } from './source.js';
export { Subscription } from './subscription.js';
export { Viewer, type ViewerOptions } from './viewer.js';
