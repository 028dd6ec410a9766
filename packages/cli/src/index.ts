export { main } from './madang.js';
