/**
 * A backup that is taken while people send, and what is left of their messages where it is restored
 * (F39). {@link io.magpie.faults.backup.BackupUnderLoad} is one run on servers in this JVM, with a
 * verdict for the report of the fault suite; it blocks its caller, and its senders have threads of
 * their own.
 */
package io.magpie.faults.backup;
