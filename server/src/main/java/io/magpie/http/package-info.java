/**
 * The HTTP edge: one router for each event loop, made from the OpenAPI document and the table of
 * operations; problem responses, security headers, origins, health, the contract's pages and the
 * web app's files; the management port.
 *
 * <p>Knows no feature. Path, query and body of a request become the parameters of the operation
 * that the contract names for it; what the operation answers is written as JSON. Runs on the event
 * loops that accept connections; nothing here blocks after start.
 */
package io.magpie.http;
