package io.magpie.load.people;

import io.magpie.load.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV file with the header {@code username,password}. A password may hold commas: everything
 * after the first one belongs to it.
 */
record PeopleFile(Path path, List<Entry> all) implements Roll {
  private static final String HEADER = "username,password";

  static PeopleFile read(Path path) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (IOException e) {
      throw new Refusal("The file of -Dpeople=%s cannot be read.".formatted(path));
    }
    if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
      throw new Refusal("%s must begin with the line %s.".formatted(path, HEADER));
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        entries.add(entry(path, i + 1, line));
      }
    }
    return new PeopleFile(path, List.copyOf(entries));
  }

  private static Entry entry(Path path, int number, String line) {
    int comma = line.indexOf(',');
    if (comma < 1 || comma == line.length() - 1) {
      throw new Refusal("Line %d of %s is not %s.".formatted(number, path, HEADER));
    }
    return new Entry(line.substring(0, comma).strip(), line.substring(comma + 1).strip());
  }

  @Override
  public List<Entry> entries(int count) {
    if (all.size() < count) {
      throw new Refusal(
          "%s names %d people, fewer than the %d users of this run: add people, or -Dusers=%d."
              .formatted(path, all.size(), count, Math.max(2, all.size())));
    }
    return all.subList(0, count);
  }
}
