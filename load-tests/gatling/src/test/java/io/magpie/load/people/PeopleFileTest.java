package io.magpie.load.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.magpie.load.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleFileTest {
  @TempDir Path directory;

  private Path file(String text) throws Exception {
    return Files.writeString(directory.resolve("people.csv"), text);
  }

  @Test
  void a_password_may_hold_commas() throws Exception {
    PeopleFile file = PeopleFile.read(file("username,password\nli.na,a,b\n\nwei,鹊桥 pass\n"));
    assertEquals(new Roll.Entry("li.na", "a,b"), file.entries(2).get(0));
    assertEquals(new Roll.Entry("wei", "鹊桥 pass"), file.entries(2).get(1));
  }

  @Test
  void too_few_people_are_counted() throws Exception {
    PeopleFile file = PeopleFile.read(file("username,password\na,b\nc,d\n"));
    Refusal refusal = assertThrows(Refusal.class, () -> file.entries(3));
    assertTrue(refusal.getMessage().contains("-Dusers=2"), refusal.getMessage());
  }

  @Test
  void what_is_no_such_file_is_told_by_line() throws Exception {
    Path missing = directory.resolve("none.csv");
    assertThrows(Refusal.class, () -> PeopleFile.read(missing));
    Path headless = file("li.na,secret\n");
    assertThrows(Refusal.class, () -> PeopleFile.read(headless));
    Path broken = file("username,password\nli.na,secret\nwei\n");
    Refusal refusal = assertThrows(Refusal.class, () -> PeopleFile.read(broken));
    assertTrue(refusal.getMessage().startsWith("Line 3"), refusal.getMessage());
  }
}
