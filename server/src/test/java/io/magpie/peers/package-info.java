/**
 * Tests beside software of other projects as Debian packages it. They run in the profile {@code
 * peers} only; docs/testing.md has the line that installs what they need.
 */
package io.magpie.peers;
