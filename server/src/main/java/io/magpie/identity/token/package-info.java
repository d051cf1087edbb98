/**
 * What proves who somebody is: signed access tokens that live minutes, and opaque tokens (refresh,
 * cookie, link, app key) of which only a hash is stored.
 *
 * <p>Pure: no I/O, time by an injected clock, safe from any thread. Whether a session still lives
 * is asked elsewhere; a valid signature alone opens nothing.
 */
package io.magpie.identity.token;
