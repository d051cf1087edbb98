/**
 * The composition root, the only package that may import everything: from settings to a running
 * node and back.
 *
 * <p>{@link io.magpie.app.Application} starts and stops everything in one order, on the calling
 * thread, which may block; nothing of this package runs on an event loop afterwards.
 */
package io.magpie.app;
