package io.magpie.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.CloseCode;
import io.magpie.protocol.ErrorBody;
import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.magpie.testkit.ContractSchemas;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client is told of failures. */
class FailuresTest {

  @Test
  void connections_end_with_the_close_code_that_the_contract_gives_an_error() {
    for (Map.Entry<String, JsonNode> error : ContractSchemas.errors().properties()) {
      if (error.getValue().has("close")) {
        ErrorCode code = ErrorCode.valueOf(error.getKey().toUpperCase(Locale.ROOT));
        assertThat(Failures.close(RequestError.of(code)).number())
            .as(error.getKey())
            .isEqualTo(error.getValue().get("close").intValue());
      }
    }
  }

  @Test
  void an_accident_tells_nothing_but_where_to_look() {
    Exception accident = new IllegalStateException("select * from secret at /home/me/File.java");
    ErrorBody told = Failures.body(accident, "test");
    assertThat(told.code()).isEqualTo("internal");
    assertThat(told.correlationId()).isPresent();
    assertThat(told.message()).isEqualTo(ErrorCode.INTERNAL.text());
    assertThat(Failures.close(accident)).isEqualTo(CloseCode.INTERNAL);
  }
}
