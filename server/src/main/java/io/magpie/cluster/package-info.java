/**
 * Which nodes there are. A node holds a lease in PostgreSQL, by which the others know that it
 * lives; Hazelcast carries operators' signals between nodes. Nothing on the way of a message
 * depends on this package.
 */
package io.magpie.cluster;
