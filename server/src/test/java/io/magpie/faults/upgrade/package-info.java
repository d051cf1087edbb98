/**
 * Servers of an older commit beside present ones. Runs in the profile {@code upgrade} only, because
 * it needs the older jar: {@code server/src/test/scripts/rolling-upgrade.sh} builds it and runs
 * this.
 */
package io.magpie.faults.upgrade;
