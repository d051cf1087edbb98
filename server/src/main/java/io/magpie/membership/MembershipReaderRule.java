package io.magpie.membership;

import io.magpie.fanout.ReaderChange;
import io.magpie.fanout.ReaderRule;
import io.magpie.membership.MemberEvents.MembershipAdded;
import io.magpie.membership.MemberEvents.Removed;
import io.magpie.protocol.Json;
import io.magpie.stream.Event;
import java.util.Optional;

/**
 * Who begins and who ceases to read a conversation's stream. Almost every event ends at its kind.
 */
public final class MembershipReaderRule implements ReaderRule {
  @Override
  public Optional<ReaderChange> of(Event event) {
    return switch (event.kind()) {
      case MemberEvents.MEMBERSHIP_ADDED -> {
        MembershipAdded added = Json.convert(Json.readOwn(event.data()), MembershipAdded.class);
        yield Optional.of(
            new ReaderChange.Opened(event.stream(), added.conversation(), added.from()));
      }
      case MemberEvents.MEMBER_REMOVED -> {
        Removed removed = Json.convert(Json.readOwn(event.data()), Removed.class);
        yield Optional.of(new ReaderChange.Closed(removed.user()));
      }
      default -> Optional.empty();
    };
  }
}
