export * from './index.js';
export { errorText } from './error-texts.js';
