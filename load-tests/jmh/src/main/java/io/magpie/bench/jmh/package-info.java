/**
 * Microbenchmarks of what the hot path does; {@code mvn -Pjmh -pl load-tests/jmh -am -DskipTests
 * package} runs them, {@code -Djmh=Gate} some of them. Those of package-private classes lie in
 * packages of the same name here. They tell what a change does to one step; what it does to a
 * server, load-tests/bench tells.
 */
package io.magpie.bench.jmh;
