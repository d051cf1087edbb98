/**
 * Who the virtual users are and what they are in: made before the run, through the public API.
 *
 * <p>A {@link io.magpie.load.people.Door} knows how people are had and how they log in: by tokens
 * of an app key (quick, nothing to prepare), or with passwords. People and conversations of one run
 * are found again by the next one, so a server does not fill up with them.
 *
 * <p>Everything here but the chains of the doors runs on the starting thread and a few threads of
 * {@link io.magpie.load.people.Parallel}.
 */
package io.magpie.load.people;
