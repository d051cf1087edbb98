/**
 * Growing delays against guessing of passwords, per account and per address.
 *
 * <p>Counters live in Redis, shared by all nodes, and on the node itself while Redis does not
 * answer. They may be lost: then guessing starts again at the free tries. Nobody is ever locked out
 * for good.
 */
package io.magpie.identity.throttle;
