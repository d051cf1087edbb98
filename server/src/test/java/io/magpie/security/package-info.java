/**
 * Attacks and the answers they must get. A test is named after its case: {@code S_D01_…} is case
 * S-D01, {@code B_…} one of the list of bad input. After each of them somebody else's socket and
 * requests must work as before, and the server's books must be as they were ({@link
 * io.magpie.testkit.Bystander}).
 */
package io.magpie.security;
