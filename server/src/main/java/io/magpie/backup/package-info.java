/**
 * Backups: a copy of every row in one file, made while servers run, and the way back into an empty
 * database, with a check of what a database promises.
 *
 * <p>A backup is logical (COPY of each table in one snapshot), so it goes from the embedded
 * PostgreSQL to another one and back, and over versions of both. Everything here blocks, over one
 * connection of its own, with memory that does not depend on the number of rows; commands call it,
 * no server does. Failures are {@link io.magpie.backup.BackupFailure}s with a sentence.
 */
package io.magpie.backup;
