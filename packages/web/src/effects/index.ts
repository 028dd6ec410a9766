export { CameraEffects } from './camera-effects.js';
export { isPlain } from './camera-look.js';
export { backgroundBlurLack, constraintLack, filterLack, type Lack, noiseSuppressionLack } from './effect-support.js';
