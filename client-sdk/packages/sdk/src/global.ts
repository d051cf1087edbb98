export * from './index.js';
export { idbStore } from './store-idb/index.js';
export { errorText } from './error-texts.js';
