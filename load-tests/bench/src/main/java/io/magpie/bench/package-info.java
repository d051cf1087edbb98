/** The benchmark's command: options, the order of a run, the way from results to tables. */
package io.magpie.bench;
