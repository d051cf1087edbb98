/**
 * The words of the wire: error and close codes, strict reading of JSON, frames as sealed records
 * and the codec between them and text.
 *
 * <p>Pure: no I/O, no state, nothing of ours is imported, every class may be used from any thread.
 * The schemas in {@code contract/} are the source of truth; tests hold these classes against them.
 */
package io.magpie.protocol;
