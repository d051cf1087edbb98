export { nodePlatform } from './wire/node-platform.js';
export { servePage, type ServedPage } from './serve.js';
