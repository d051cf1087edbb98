/**
 * What is done to every server: W1 to W5, the resume storm and the hard cases, as
 * docs/performance.md describes them. Each runs on a process that has just started and gives
 * results with counts, times and CPU seconds.
 */
package io.magpie.bench.workload;
