/**
 * The PostgreSQL and Redis that Magpie brings with it, so that the server starts on a machine with
 * nothing but a JDK and keeps what it was told over restarts.
 *
 * <p>The binaries come from Maven artifacts; the launcher is ours, because the published ones start
 * with {@code fsync=off}, trust authentication and shutdown hooks that race the server's own. Here
 * everything that makes an ack true is on, passwords are random per data directory, one lock keeps
 * a second server out, and what a killed server left running is found and stopped at the next
 * start.
 *
 * <p>Everything in this package blocks (it starts processes and waits for them, each wait with a
 * deadline) and is called before traffic begins and after it has ended, never on an event loop.
 * Every reason not to start is a {@link io.magpie.app.StartFailure} with one sentence.
 */
package io.magpie.app.embedded;
