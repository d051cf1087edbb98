/**
 * What virtual users do: one class for each scenario, listed in {@link
 * io.magpie.load.scenario.Scenarios}.
 *
 * <p>{@link io.magpie.load.scenario.Life} is what all of them share: arrive, log in, stay, now and
 * then do something, see that nothing is missing, leave. {@link io.magpie.load.scenario.Talk} has
 * what people do in conversations. Nothing here knows frames; {@code protocol} does.
 */
package io.magpie.load.scenario;
