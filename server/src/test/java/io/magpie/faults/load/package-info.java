/**
 * The people of a fault run: {@link io.magpie.faults.load.Crowd} makes users and groups over HTTP,
 * {@link io.magpie.faults.load.LoadDriver} runs their devices in one Node process, on the public
 * SDK ({@code client-sdk/e2e/faults}). That program writes the history; here it is only told what
 * to do.
 */
package io.magpie.faults.load;
