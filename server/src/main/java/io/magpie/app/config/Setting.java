package io.magpie.app.config;

/**
 * One row of the table.
 *
 * @param key the environment variable and the key in the file
 * @param kind its type
 * @param standard what holds when nothing is set; empty means: not set
 * @param description one or two sentences for docs/settings.md
 */
record Setting<T>(String key, Kind<T> kind, String standard, String description) {}
