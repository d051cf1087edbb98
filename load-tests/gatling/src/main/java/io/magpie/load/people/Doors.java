package io.magpie.load.people;

import com.fasterxml.jackson.databind.JsonNode;
import io.magpie.load.Refusal;
import io.magpie.load.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Chooses the door from the settings. */
public final class Doors {
  private Doors() {}

  /**
   * {@code -Dpeople=FILE}: people of a CSV file, with passwords. {@code -DappId} and {@code
   * -DappKey}: tokens of that app. {@code -DadminPassword} (and {@code -Dadmin}): a super admin,
   * who makes an app for this run or, with {@code -Dlogin=password}, people with passwords.
   */
  public static Door open(Settings settings, Api api) {
    Optional<String> file = settings.text("people");
    if (file.isPresent()) {
      return new PasswordDoor(api, PeopleFile.read(Path.of(file.get())));
    }
    Optional<String> app = settings.text("appId");
    Optional<String> key = settings.text("appKey");
    if (app.isPresent() && key.isPresent()) {
      return AppDoor.of(api, app.get(), key.get());
    }
    String admin = settings.text("admin").orElse("admin");
    String password =
        settings
            .text("adminPassword")
            .orElseThrow(
                () ->
                    new Refusal(
                        "Say who logs in: -DadminPassword=… of a super admin (-Dadmin=admin), or"
                            + " -DappId=… and -DappKey=…, or -Dpeople=people.csv."));
    Supplier<String> token = () -> logIn(api, admin, password);
    String way = settings.text("login").orElse("token");
    return switch (way) {
      case "token" -> AppDoor.made(api, token);
      case "password" -> new PasswordDoor(api, new PeopleMaker(api, token.get()));
      default -> throw new Refusal("-Dlogin must be token or password, not %s.".formatted(way));
    };
  }

  /** An access token, or a sentence about who was refused. */
  static String logIn(Api api, String name, String password) {
    try {
      JsonNode answer = api.post("/sessions", "", Map.of("username", name, "password", password));
      return answer.path("accessToken").asText();
    } catch (Problem e) {
      if (e.code().equals("wrong_credentials")) {
        throw new Refusal(
            "The server does not know %s with this password (wrong_credentials).".formatted(name));
      }
      throw new Refusal("%s cannot log in: %s".formatted(name, e.getMessage()));
    }
  }
}
