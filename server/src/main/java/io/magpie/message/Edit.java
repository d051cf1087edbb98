package io.magpie.message;

import java.util.Optional;

/** New words for a message; its mentions are replaced too. */
record Edit(String text, Optional<Mentions> mentions) {
  boolean changes(Target target) {
    return !target.now().body().flatMap(Body::words).equals(Optional.of(text))
        || !target.now().mentions().equals(mentions);
  }
}
