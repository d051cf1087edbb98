export * from './connection.js';
export * from './context.js';
export * from './conversations.js';
export * from './messages.js';
export * from './observe.js';
export * from './presence.js';
export * from './users.js';
