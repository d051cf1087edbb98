/**
 * Microbenchmarks of what the hot path does. Run them with {@code mvn -pl load-tests/jmh -am
 * -DskipTests package exec:exec}; those of package-private classes lie in packages of the same name
 * here. They tell what a change does to one step; what it does to a server, load-tests/bench tells.
 */
package io.magpie.bench.jmh;
