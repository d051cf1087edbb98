package io.magpie.identity;

import io.magpie.access.Role;
import java.util.Set;
import java.util.UUID;

/**
 * A user with what the server itself needs to know; never leaves it.
 *
 * @param department empty for none
 * @param jobTitle empty for none
 * @param locale {@code zh-CN} or {@code en}
 * @param ofApp brought by an app: logs in through it, never with a password
 */
public record Account(
    UUID id,
    String username,
    String displayName,
    String kind,
    String department,
    String jobTitle,
    Role role,
    String locale,
    boolean disabled,
    boolean ofApp) {

  Set<Role> roles() {
    return Set.of(role);
  }

  static String kindOf(Role role) {
    return role == Role.GUEST ? "guest" : "member";
  }
}
