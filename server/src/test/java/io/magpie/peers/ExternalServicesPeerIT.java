package io.magpie.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.magpie.app.StartFailure;
import io.magpie.testkit.TestClient;
import io.magpie.testkit.TestServer;
import io.magpie.testkit.TestUser;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExternalServicesPeerIT {
  @Test
  void a_conversation_goes_through_debians_postgresql_and_redis() throws Exception {
    try (DebianServices services = DebianServices.start();
        TestServer server = TestServer.on(services.endpoints())) {
      assertThat(server.sql("show server_version")).startsWith("15.");
      TestUser one = server.user("one");
      TestUser two = server.user("two");
      UUID group = server.group(one, two);
      try (TestClient sender = server.client(one);
          TestClient reader = server.client(two)) {
        long seq = sender.say(group, "你好");
        assertThat(reader.event(group, seq).at("/data/body/text").textValue()).isEqualTo("你好");
      }
    }
  }

  @Test
  void the_application_role_cannot_change_the_schema() throws Exception {
    try (DebianServices services = DebianServices.start();
        TestServer server = TestServer.on(services.endpoints())) {
      assertThat(server.sql("select has_schema_privilege('magpie_app', 'public', 'create')"))
          .isEqualTo("f");
    }
  }

  @Test
  void a_database_that_loses_commits_is_refused() throws Exception {
    try (DebianServices services = DebianServices.start("-c", "fsync=off")) {
      StartFailure refused =
          catchThrowableOfType(
              StartFailure.class, () -> TestServer.on(services.endpoints()).close());
      assertThat(refused.code()).isEqualTo("database-not-durable");
      assertThat(refused).hasMessageContaining("fsync=off");
    }
  }
}
