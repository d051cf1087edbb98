package io.magpie.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.ErrorCode;
import io.magpie.protocol.RequestError;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SqlFailuresTest {
  private static PgException state(String state) {
    return new PgException("words", "ERROR", state, null);
  }

  static Stream<Arguments> told() {
    return Stream.of(
        Arguments.of(new IOException("Connection reset by peer"), ErrorCode.UNAVAILABLE),
        Arguments.of(ClosedConnectionException.INSTANCE, ErrorCode.UNAVAILABLE),
        Arguments.of(
            new VertxException("Connection is not active now, current status: CLOSED"),
            ErrorCode.UNAVAILABLE),
        Arguments.of(state("57P01"), ErrorCode.UNAVAILABLE),
        Arguments.of(state("53300"), ErrorCode.UNAVAILABLE),
        Arguments.of(state("25006"), ErrorCode.UNAVAILABLE),
        Arguments.of(state("53100"), ErrorCode.STORAGE_FULL),
        Arguments.of(state("55P03"), ErrorCode.TIMEOUT),
        Arguments.of(new TimeoutException(), ErrorCode.TIMEOUT));
  }

  @ParameterizedTest
  @MethodSource("told")
  void a_client_is_told_a_code(Throwable failure, ErrorCode code) {
    assertThat(SqlFailures.translate(failure))
        .isInstanceOfSatisfying(
            RequestError.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  @Test
  void what_is_nobody_elses_fault_stays_what_it_is() {
    IllegalStateException ours = new IllegalStateException("ours");
    assertThat(SqlFailures.translate(ours)).isSameAs(ours);
    PgException syntax = state("42601");
    assertThat(SqlFailures.translate(syntax)).isSameAs(syntax);
  }
}
