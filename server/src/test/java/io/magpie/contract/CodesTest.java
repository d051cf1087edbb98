package io.magpie.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorCode;
import io.magpie.testkit.ContractSchemas;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Error and close codes are those of the contract, word for word. */
class CodesTest {

  @Test
  void error_codes_are_those_of_the_file() {
    JsonNode errors = ContractSchemas.errors();
    List<String> listed = names(errors);
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code))
        .containsExactlyInAnyOrderElementsOf(listed);
    for (ErrorCode code : ErrorCode.values()) {
      JsonNode error = errors.get(code.code());
      assertThat(code.status()).as(code.code()).isEqualTo(error.get("status").intValue());
      assertThat(code.retryable()).as(code.code()).isEqualTo(error.get("retryable").booleanValue());
      assertThat(code.text()).as(code.code()).isEqualTo(error.get("en").textValue());
      assertThat(error.get("zh").textValue()).as(code.code()).isNotBlank();
    }
  }

  @Test
  void close_codes_are_those_of_the_document() {
    JsonNode codes = ContractSchemas.asyncapi().get("x-magpie-close-codes");
    assertThat(Arrays.stream(CloseCode.values()).map(code -> String.valueOf(code.number())))
        .containsExactlyInAnyOrderElementsOf(names(codes));
    for (JsonNode error : ContractSchemas.errors()) {
      if (error.has("close")) {
        assertThat(codes.has(error.get("close").asText())).isTrue();
      }
    }
  }

  private static List<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return List.copyOf(names);
  }
}
