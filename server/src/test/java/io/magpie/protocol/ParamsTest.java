package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"\"1\"", "1.0", "1e3", "-1", "0", "9223372036854775808", "null", "[1]", "true"})
  void a_seq_is_nothing_but_a_positive_integer(String value) {
    refused("{\"seq\":" + value + "}", p -> p.seq("seq"), ErrorCode.INVALID_FIELD, "seq");
  }

  @Test
  void a_missing_field_is_named() {
    refused("{}", p -> p.uuid("conversation"), ErrorCode.MISSING_FIELD, "conversation");
  }

  @Test
  void a_field_that_nobody_read_is_refused() {
    refused(
        "{\"a\":1,\"b\":2}",
        p -> {
          p.seq("a");
          p.end();
        },
        ErrorCode.UNKNOWN_FIELD,
        "b");
  }

  @Test
  void a_nested_field_is_named_by_its_path() {
    refused(
        "{\"body\":{\"text\":7}}",
        p -> p.object("body").text("text", 1, 10, 10),
        ErrorCode.INVALID_FIELD,
        "body.text");
  }

  @ParameterizedTest
  @CsvSource({
    "\\u0000, INVALID_TEXT",
    "\\ud800, INVALID_TEXT",
    "a\\udc00b, INVALID_TEXT",
    "\\u202Efdp.exe, INVALID_TEXT",
    "\\u2066x, INVALID_TEXT",
    "x\\u0007, INVALID_TEXT",
    "'   ', INVALID_FIELD"
  })
  void a_name_cannot_trick_its_reader(String text, ErrorCode code) {
    refused("{\"name\":\"" + text + "\"}", p -> p.line("name", 1, 64), code, "name");
  }

  @Test
  void ten_thousand_combining_marks_are_too_long_and_nine_in_a_row_are_too_many() {
    String many = "{\"name\":\"a" + "\u0301".repeat(10_000) + "\"}";
    refused(many, p -> p.line("name", 1, 64), ErrorCode.TEXT_TOO_LONG, "name");
    String nine = "{\"name\":\"a" + "\u0301".repeat(9) + "\"}";
    refused(nine, p -> p.line("name", 1, 64), ErrorCode.INVALID_TEXT, "name");
  }

  @Test
  void emoji_chinese_and_line_breaks_are_text() {
    String text = "你好 👩‍👩‍👧\\n\\tsecond line";
    assertThat(params("{\"text\":\"" + text + "\"}").text("text", 1, 100, 100)).startsWith("你好");
  }

  @Test
  void bytes_count_beside_code_points() {
    refused(
        "{\"text\":\"" + "你".repeat(20) + "\"}",
        p -> p.text("text", 1, 100, 50),
        ErrorCode.TEXT_TOO_LONG,
        "text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "1", "{", "{\"a\":1}{", "{\"a\":1,\"a\":2}", "{\"a\":NaN}", "{a:1}"})
  void anything_but_one_object_is_no_request(String text) {
    assertThatThrownBy(() -> Json.readObject(text)).isInstanceOf(RequestError.class);
  }

  @Test
  void depth_keys_and_digits_are_limited() {
    String deep = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";
    StringBuilder keys = new StringBuilder("{");
    for (int i = 0; i <= Json.MAX_KEYS; i++) {
      keys.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
    }
    for (String text : new String[] {deep, keys + "}", "{\"n\":" + "9".repeat(65) + "}"}) {
      assertThatThrownBy(() -> Json.readObject(text)).isInstanceOf(RequestError.class);
    }
  }

  private static Params params(String json) {
    return Params.of(Json.readObject(json));
  }

  private static void refused(String json, Consumer<Params> read, ErrorCode code, String field) {
    RequestError error = catchThrowableOfType(RequestError.class, () -> read.accept(params(json)));
    assertThat(error).as(json).isNotNull();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.field()).contains(field);
  }
}
