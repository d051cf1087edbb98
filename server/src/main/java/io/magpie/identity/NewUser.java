package io.magpie.identity;

import io.magpie.access.Role;

/**
 * A user to make.
 *
 * @param username lower case, 2 to 32 characters as the contract says
 * @param department empty for none
 * @param jobTitle empty for none
 */
public record NewUser(
    String username, String displayName, String department, String jobTitle, Role role) {}
