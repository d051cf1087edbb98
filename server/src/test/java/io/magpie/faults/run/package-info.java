/**
 * The fault suite: what is done to a cluster under load, and the one way in which it is run.
 *
 * <p>A {@link io.magpie.faults.run.FaultCase} is an entry of the catalogue ({@code NodeCases},
 * {@code RedisCases}, …); its harm gets a {@link io.magpie.faults.run.Scene}. {@link
 * io.magpie.faults.run.CaseRun} makes people and groups, lets them talk, calls the harm, heals,
 * waits until everybody has everything, reads all streams from every node and has the history
 * checked. {@code MinimumSetFaultIT} runs a few cases shortly in every build, {@code FaultSuiteIT}
 * all of them in the profile {@code faults}. docs/testing.md tells how to add one.
 */
package io.magpie.faults.run;
