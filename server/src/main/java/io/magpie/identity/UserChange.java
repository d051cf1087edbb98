package io.magpie.identity;

import io.magpie.access.Role;
import java.util.Optional;

/** What is to be changed of a user; empty stays as it is. */
record UserChange(
    Optional<String> displayName,
    Optional<String> department,
    Optional<String> jobTitle,
    Optional<Role> role,
    Optional<String> locale,
    Optional<Boolean> disabled) {

  Account applied(Account old) {
    Role newRole = role.orElse(old.role());
    return new Account(
        old.id(),
        old.username(),
        displayName.orElse(old.displayName()),
        newRole == old.role() ? old.kind() : Account.kindOf(newRole),
        department.orElse(old.department()),
        jobTitle.orElse(old.jobTitle()),
        newRole,
        locale.orElse(old.locale()),
        disabled.orElse(old.disabled()),
        old.ofApp());
  }
}
