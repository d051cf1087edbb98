package io.magpie.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The migrations that this binary brings: the newest says how new the binary is. */
final class BundledMigrations {
  /** There from the beginning, so that it shows where the others are. */
  private static final String FIRST = "/db/migration/V202611220000__streams.sql";

  private static final Pattern NAME =
      Pattern.compile("(?:^|.*/)db/migration/V(\\d{12})__\\w+\\.sql");
  private static final String NEWEST = newestOf(FIRST);

  private BundledMigrations() {}

  /** Its version, twelve digits. */
  static String newest() {
    return NEWEST;
  }

  private static String newestOf(String first) {
    try (Stream<String> names = names(BundledMigrations.class.getResource(first))) {
      return names
          .map(NAME::matcher)
          .filter(Matcher::matches)
          .map(found -> found.group(1))
          .max(String::compareTo)
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> names(URL first) throws IOException {
    if (first.openConnection() instanceof JarURLConnection connection) {
      connection.setUseCaches(false);
      try (JarFile jar = connection.getJarFile()) {
        return jar.stream().map(ZipEntry::getName).toList().stream();
      }
    }
    Path folder = Path.of(uri(first)).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return List.copyOf(files.map(Path::toString).toList()).stream();
    }
  }

  private static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
