/**
 * The rehearsal of a node before it is ready (docs/adr/0017): clients of its own talk to a gateway
 * of its own on a loopback port, with the same code, event loops, PostgreSQL and Redis that people
 * will use, until what matters is compiled. What it writes is in a transaction that is never
 * committed, so nobody ever sees it and there is nothing to clean up.
 *
 * <p>It runs on the thread that starts the node, blocks it for a limited time, and never fails the
 * start.
 */
package io.magpie.app.rehearsal;
