export { type CandidateType, candidatePath, type Path, samePath } from './candidate-path.js';
