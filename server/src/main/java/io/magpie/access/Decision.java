package io.magpie.access;

/** What the door says. */
public enum Decision {
  ALLOW,
  /** The actor may know that the object exists, but not do this: {@code forbidden}. */
  FORBID,
  /** To this actor the object does not exist: {@code not_found}. */
  HIDE
}
