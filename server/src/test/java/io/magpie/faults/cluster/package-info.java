/**
 * A cluster of real processes to do harm to: PostgreSQL, Redis and server JVMs, each reached only
 * through proxies of ours, all on loopback.
 *
 * <p>{@link io.magpie.faults.cluster.FaultCluster} starts and heals it; {@link
 * io.magpie.faults.cluster.Node} is one server with the five proxies around it. Everything is
 * stopped with {@code close} or with the JVM; what a killed JVM leaves ends by itself (servers
 * watch their parent) or is stopped by the next run (services). Logs stay in the run's directory.
 * The calls block and are for one thread at a time.
 */
package io.magpie.faults.cluster;
