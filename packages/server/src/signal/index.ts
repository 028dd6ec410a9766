export { createSignal, type Signal, type SignalConfig, type SignalDeps, type SignalTimes } from './signal.js';
