/**
 * The one door for permission. Who acts is an {@link io.magpie.access.Actor}; what may be done is
 * decided by {@link io.magpie.access.Access} with the rules that the features register for their
 * objects. HTTP, WebSocket, apps, bots and jobs all go through here.
 *
 * <p>Deciding is pure and quick: a rule looks at the actor and at an object that was already read,
 * it never does I/O. Safe from any thread once the features have registered their rules at start.
 */
package io.magpie.access;
