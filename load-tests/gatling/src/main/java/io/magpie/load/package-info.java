/**
 * Load tests with Gatling: one simulation, whose scenario is named by {@code -Dscenario}.
 *
 * <p>{@code people} makes users and conversations before the run, through the public API; {@code
 * protocol} speaks to the server during the run and says what the report calls things; {@code
 * scenario} holds what the virtual users do, one class each. To add a scenario write a class there
 * and name it in {@link io.magpie.load.scenario.Scenarios}.
 *
 * <p>What is set up runs on the starting thread; everything of a virtual user runs on the event
 * loop that Gatling gave it.
 */
package io.magpie.load;
