package io.magpie.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code Body} of the contract. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Body.Text.class, name = "text"),
  @JsonSubTypes.Type(value = Body.Code.class, name = "code"),
  @JsonSubTypes.Type(value = Body.Forward.class, name = "forward")
})
public sealed interface Body {
  /** Markdown subset. */
  record Text(String text) implements Body {}

  /** A snippet, shown as it is. */
  record Code(String text, Optional<String> language) implements Body {}

  /** Several messages as one. */
  record Forward(List<Item> items) implements Body {}

  /** One of several messages; {@code type} is {@code text} or {@code code}. */
  record Item(String senderName, Instant at, String type, String text, Optional<String> language) {}

  /** The words of a text or snippet; empty for a forwarded one. */
  default Optional<String> words() {
    if (this instanceof Text body) {
      return Optional.of(body.text());
    }
    return this instanceof Code body ? Optional.of(body.text()) : Optional.empty();
  }

  /** The same kind of body with other words; a forwarded one has none of its own and stays. */
  default Body withWords(String text) {
    if (this instanceof Text) {
      return new Text(text);
    }
    return this instanceof Code body ? new Code(text, body.language()) : this;
  }
}
