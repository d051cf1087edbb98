/**
 * The generator: thousands of clients on one thread, sends at a fixed rate, and the ledger in which
 * every delivery is checked. It has to be much cheaper than any server that it measures: nothing is
 * decoded, nothing is allocated for a delivery, and the thread never waits for one client.
 */
package io.magpie.bench.load;
