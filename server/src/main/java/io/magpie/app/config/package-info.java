/**
 * Every setting of the server: one declared table ({@link io.magpie.app.config.SettingsTable}) with
 * key, type, default and meaning, read into immutable records.
 *
 * <p>A value comes from the environment variable of its key, else from the file that {@code
 * --config} or {@code MAGPIE_CONFIG} names, else from the table. Keys that the table does not know
 * are refused, with the nearest known one as a hint, because a misspelt limit that is silently
 * ignored is worse than no start. All problems of one start are told together. What is secret is a
 * {@link io.magpie.app.config.Secret}, which no log line can print.
 *
 * <p>Read once, on the main thread, before anything else; afterwards everything here is immutable
 * and may be used on any context. docs/settings.md shows the same table; a test compares them.
 */
package io.magpie.app.config;
