/**
 * Who people are: users, passwords, devices that are logged in, the tokens that prove it, and the
 * apps that bring users of their own.
 *
 * <p>{@link io.magpie.identity.IdentityModule} wires everything and offers what others need: the
 * {@link io.magpie.access.Authenticator} of the edges, {@link
 * io.magpie.identity.SessionRevocations} for whoever holds sockets open, and {@link
 * io.magpie.identity.UserDirectory} for names. A session is a row in PostgreSQL; what a node
 * remembers of it is at most five seconds old.
 *
 * <p>Handlers run on the caller's event loop; passwords are hashed on a worker pool of their own.
 */
package io.magpie.identity;
