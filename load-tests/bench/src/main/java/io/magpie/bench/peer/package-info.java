/** Servers to compare with that are small enough to be written here; programs of their own. */
package io.magpie.bench.peer;
