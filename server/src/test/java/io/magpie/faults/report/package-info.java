/**
 * The table of a fault run: {@link io.magpie.faults.report.FaultReport} keeps a file for each case
 * and rewrites {@code report.md} and {@code report.json} with each that is added, so that a run
 * that is broken off leaves what it had. Histories of cases that are not valid are kept.
 */
package io.magpie.faults.report;
