/**
 * Passwords: what may be one, and its Argon2id hash.
 *
 * <p>Hashing runs on a small worker pool of its own with a bounded queue; results come back on the
 * caller's context. Passwords are never logged, stored or part of an exception.
 */
package io.magpie.identity.password;
