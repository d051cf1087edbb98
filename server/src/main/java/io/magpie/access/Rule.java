package io.magpie.access;

/** Decides one action on objects that were already read; pure, no I/O. */
@FunctionalInterface
public interface Rule<O> {
  Decision decide(Actor actor, O object);
}
