package io.magpie.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.operation.Operation;
import io.magpie.operation.Operation.Transport;
import io.magpie.testkit.ContractSchemas;
import io.magpie.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every operation of the contract has exactly one handler, and the reverse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsIT {
  /** No JSON, so no operation of the table: a route of its own. */
  private static final String PICTURE = "user.avatar";

  private TestServer server;

  @BeforeAll
  void start() {
    server = TestServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Set<String> served(Transport transport) {
    Set<String> names = new TreeSet<>();
    for (Operation operation : server.application().operations().all()) {
      if (operation.transports().contains(transport)) {
        names.add(operation.name());
      }
    }
    return names;
  }

  private static List<String> overHttp() {
    List<String> names = new ArrayList<>();
    for (JsonNode path : ContractSchemas.openapi().get("paths")) {
      path.forEach(operation -> names.add(operation.get("operationId").textValue()));
    }
    names.remove(PICTURE);
    return names;
  }

  @Test
  void http_operations_of_the_contract_are_those_that_are_served() {
    assertThat(overHttp()).doesNotHaveDuplicates();
    assertThat(served(Transport.HTTP)).containsExactlyInAnyOrderElementsOf(overHttp());
  }

  @Test
  void websocket_requests_of_the_contract_are_those_that_are_served() {
    List<String> promised = new ArrayList<>();
    ContractSchemas.asyncapi()
        .get("x-magpie-requests")
        .fieldNames()
        .forEachRemaining(promised::add);
    assertThat(served(Transport.WEBSOCKET)).containsExactlyInAnyOrderElementsOf(promised);
  }

  @Test
  void both_documents_give_an_operation_the_same_parameters_and_result() {
    for (JsonNode path : ContractSchemas.openapi().get("paths")) {
      for (JsonNode operation : path) {
        String op = operation.get("operationId").textValue();
        String params = ContractSchemas.request(op, "params");
        if (params != null) {
          assertThat(operation.at("/x-magpie-params/$ref").textValue()).as(op).isEqualTo(params);
          JsonNode success = operation.get("responses").iterator().next();
          assertThat(success.at("/content/application~1json/schema/$ref").textValue())
              .as(op)
              .isEqualTo(ContractSchemas.request(op, "result"));
        }
      }
    }
  }

  @Test
  void who_may_ask_is_what_the_contract_says() {
    for (JsonNode path : ContractSchemas.openapi().get("paths")) {
      for (JsonNode described : path) {
        String op = described.get("operationId").textValue();
        if (op.equals(PICTURE)) {
          continue;
        }
        JsonNode security = described.path("security");
        Operation.Audience promised =
            security.isMissingNode()
                ? Operation.Audience.USER
                : security.isEmpty() ? Operation.Audience.ANYONE : Operation.Audience.APP;
        assertThat(server.application().operations().find(op).map(Operation::audience))
            .as(op)
            .contains(promised);
      }
    }
  }

  @Test
  void the_picture_of_a_person_is_served_and_of_nobody_is_not() {
    var http = server.http();
    String path = "/api/v1/users/%s/avatar";
    var picture = http.exchange(http.request(path.formatted(server.user("伟").id())).build());
    assertThat(picture.statusCode()).isEqualTo(200);
    for (String nobody : new String[] {UUID.randomUUID().toString(), "x", "%00"}) {
      var answer = http.exchange(http.request(path.formatted(nobody)).build());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    }
  }
}
