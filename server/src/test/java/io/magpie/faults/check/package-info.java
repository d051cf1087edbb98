/**
 * Judges a history: {@link io.magpie.faults.check.Checker} indexes its lines once ({@link
 * io.magpie.faults.check.Facts}) and asks one check for each invariant. What contradicts an
 * invariant makes the run invalid; a run that proves nothing is unknown, as one without faults,
 * reconnects or enough acks. Nothing here knows a case or talks to a server, so that every check is
 * itself tested with histories that are known to be bad.
 */
package io.magpie.faults.check;
