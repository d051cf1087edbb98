package io.magpie;

import io.magpie.app.Program;

/** Entry point of {@code java -jar magpie.jar}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int code = Program.run(arguments, System.getenv(), System.out);
    if (code != 0) {
      System.exit(code);
    }
  }
}
