package io.magpie.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Root starts what an ordinary user would start, and what root in a tight container would. Run by
 * an ordinary user these have nothing to show: all other tests are then the proof.
 */
class ElsewhereIT {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");

  private Path open;
  private Path data;

  /** Not under the build directory, whose parents others may not be allowed to enter. */
  @BeforeEach
  void makeRoomForOthers() throws IOException {
    assumeTrue(Command.works(asNobody(List.of("true"))));
    open = Files.createTempDirectory("magpie-it");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    data = open.resolve("data");
  }

  @AfterEach
  void remove() throws IOException {
    if (open != null) {
      Disk.deleteTree(open);
    }
  }

  @Test
  void an_ordinary_user_starts_it() throws Exception {
    Files.createDirectory(data);
    Files.setAttribute(data, "unix:uid", 65_534);
    try (Launcher launcher =
        Launcher.start(asNobody(Launcher.java(copyOfClassPath(), data.toString())))) {
      Launcher.Ready ready = launcher.awaitReady();
      assertThat(owner(ready.postgres())).isEqualTo(65_534);
      launcher.signal("TERM");
      launcher.awaitLine("stopped");
      assertThat(ready.anyRuns()).isFalse();
    }
  }

  @Test
  void a_directory_that_the_user_may_not_write_is_one_sentence() throws Exception {
    try (Launcher launcher =
        Launcher.start(asNobody(Launcher.java(copyOfClassPath(), data.toString())))) {
      assertThat(launcher.awaitExit()).isEqualTo(LauncherMain.CANNOT_START);
      assertThat(launcher.errors().lines())
          .singleElement()
          .asString()
          .startsWith("data-directory-not-writable: ");
    }
  }

  @Test
  void root_without_user_namespaces_runs_postgres_as_nobody_and_back() throws Exception {
    Path bin = Files.createDirectory(open.resolve("bin"));
    for (String tool : List.of("setsid", "setpriv", "sh", "true", "test", "chown", "chmod")) {
      Files.createSymbolicLink(bin.resolve(tool), found(tool));
    }
    List<String> tight = new ArrayList<>(List.of("/usr/bin/env", "PATH=" + bin));
    tight.addAll(Launcher.java(data));

    assertThat(startsAs(tight)).isEqualTo(65_534);
    assertThat(startsAs(Launcher.java(data))).isZero();
    assertThat(startsAs(tight)).isEqualTo(65_534);
  }

  private static int startsAs(List<String> command) throws Exception {
    try (Launcher launcher = Launcher.start(command)) {
      Launcher.Ready ready = launcher.awaitReady();
      int owner = owner(ready.postgres());
      launcher.signal("TERM");
      launcher.awaitLine("stopped");
      assertThat(ready.anyRuns()).isFalse();
      return owner;
    }
  }

  private static List<String> asNobody(List<String> command) {
    return Stream.concat(AS_NOBODY.stream(), command.stream()).toList();
  }

  /** The local repository may lie in a home directory that others cannot enter. */
  private String copyOfClassPath() throws IOException {
    Path target = Files.createDirectory(open.resolve("class-path"));
    List<String> copied = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path source = Path.of(entry);
      Path copy = target.resolve(copied.size() + "-" + source.getFileName());
      if (Files.isDirectory(source)) {
        copyTree(source, copy);
      } else if (Files.exists(source)) {
        Files.copy(source, copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
      }
      copied.add(copy.toString());
    }
    return String.join(File.pathSeparator, copied);
  }

  private static void copyTree(Path source, Path target) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(source)) {
      paths = tree.toList();
    }
    for (Path path : paths) {
      Files.copy(path, target.resolve(source.relativize(path).toString()));
    }
  }

  private static Path found(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError(tool + " is missing"));
  }

  private static int owner(ProcessMark process) throws IOException {
    return (Integer)
        Files.getAttribute(Path.of("/proc", String.valueOf(process.pid())), "unix:uid");
  }
}
