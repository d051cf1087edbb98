/**
 * People and a conversation to try the product with, made on the embedded database only.
 *
 * <p>Runs once at start, on the starting thread; everything goes through the same operations that
 * clients use.
 */
package io.magpie.app.demo;
