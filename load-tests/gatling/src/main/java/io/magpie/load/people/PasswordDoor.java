package io.magpie.load.people;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.magpie.load.protocol.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * User name and password, as people log in. A server checks few passwords at once and tells the
 * others to come again (503); that is told apart in the report and tried again.
 */
final class PasswordDoor implements Door {
  private static final String REFRESH = "refreshToken";

  private final Api api;
  private final Roll roll;

  PasswordDoor(Api api, Roll roll) {
    this.api = api;
    this.roll = roll;
  }

  @Override
  public List<Person> people(int count) {
    List<Roll.Entry> entries = roll.entries(count);
    String token = Doors.logIn(api, entries.get(0).username(), entries.get(0).password());
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    return Parallel.map(numbers, number -> person(number, entries.get(number), token));
  }

  private Person person(int number, Roll.Entry entry, String token) {
    return new Person(
        number, entry.username(), UserIds.find(api, token, entry.username()), entry.password());
  }

  @Override
  public String token(Person person) {
    return Doors.logIn(api, person.name(), person.secret());
  }

  @Override
  public ChainBuilder logIn() {
    return LogIn.until(once());
  }

  private static ActionBuilder once() {
    return http(Names.LOG_IN)
        .post("/api/v1/sessions")
        .header("Content-Type", "application/json")
        .body(StringBody(PasswordDoor::credentials))
        .check(
            status().in(201, 429, 503).saveAs(LogIn.STATUS),
            jsonPath("$.accessToken").optional().saveAs(TOKEN),
            jsonPath("$.refreshToken").optional().saveAs(REFRESH));
  }

  @Override
  public ChainBuilder renew() {
    return exec(
        http(Names.RENEW)
            .post("/api/v1/sessions/refresh")
            .header("Content-Type", "application/json")
            .body(StringBody("{\"refreshToken\":\"#{" + REFRESH + "}\"}"))
            .check(
                status().is(200),
                jsonPath("$.accessToken").saveAs(TOKEN),
                jsonPath("$.refreshToken").saveAs(REFRESH)));
  }

  private static String credentials(Session session) {
    Person person = session.get(PERSON);
    try {
      return Api.JSON.writeValueAsString(
          Map.of("username", person.name(), "password", person.secret(), "device", "gatling"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
