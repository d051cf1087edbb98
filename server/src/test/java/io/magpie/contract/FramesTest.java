package io.magpie.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.protocol.ClientFrame;
import io.magpie.protocol.ServerFrame;
import io.magpie.testkit.ContractSchemas;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every frame of the contract has a record with the same fields, and the reverse. */
class FramesTest {
  /** Where the contract's name is longer than the record's, which stands in its own interface. */
  private static final Map<String, String> NAMES =
      Map.of("ClientHeartbeat", "Heartbeat", "ServerHeartbeat", "Heartbeat");

  /** Written as text by the queue of a connection, which shares the bytes of events. */
  private static final Set<String> WRITTEN_AS_TEXT = Set.of("Events", "Signals");

  @Test
  void client_frames_are_those_of_the_contract() {
    assertThat(records(ClientFrame.class)).isEqualTo(promised("ClientFrame"));
  }

  @Test
  void server_frames_are_those_of_the_contract() {
    Set<String> promised = promised("ServerFrame");
    promised.removeAll(WRITTEN_AS_TEXT);
    assertThat(records(ServerFrame.class)).isEqualTo(promised);
  }

  @Test
  void records_have_the_fields_of_their_schemas() {
    JsonNode definitions = ContractSchemas.definitions("frame");
    for (Class<?> frame : ServerFrame.class.getPermittedSubclasses()) {
      String name =
          frame == ServerFrame.Heartbeat.class ? "ServerHeartbeat" : frame.getSimpleName();
      Set<String> schema = new TreeSet<>();
      definitions.get(name).get("properties").fieldNames().forEachRemaining(schema::add);
      Set<String> fields = new TreeSet<>();
      for (RecordComponent component : frame.getRecordComponents()) {
        fields.add(component.getName());
      }
      assertThat(fields).as(name).isEqualTo(schema);
    }
  }

  private static Set<String> records(Class<?> frames) {
    return Arrays.stream(frames.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> promised(String union) {
    Set<String> names = new TreeSet<>();
    for (JsonNode one : ContractSchemas.definitions("frame").get(union).get("oneOf")) {
      String name = one.get("$ref").textValue().replace("#/$defs/", "");
      names.add(NAMES.getOrDefault(name, name));
    }
    return names;
  }
}
