package io.magpie.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.app.embedded.Endpoints;
import io.magpie.storage.Migrations;
import io.magpie.testkit.EmbeddedForTests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no whole backups, and places where none can be made: a code, and no change. */
class BadBackupIT {
  private static final long SEED = 39;

  @TempDir static Path folder;

  private static Endpoints source;
  private static Endpoints target;
  private static byte[] good;
  private static Map<String, List<String>> before;

  @BeforeAll
  static void make() throws IOException {
    source = EmbeddedForTests.freshDatabase("bad_backup_source");
    Migrations.apply(source.postgresOwnerUri());
    Copies.execute(
        source,
        """
        insert into app (id, name, created_by, created_at)
        select gen_random_uuid(), 'app ' || n, gen_random_uuid(), now()
        from generate_series(1, 500) n
        """);
    good = Files.readAllBytes(Copies.take(source, folder.resolve("good.zip")));
    target = EmbeddedForTests.freshDatabase("bad_backup_target");
    Migrations.apply(target.postgresOwnerUri());
    before = Copies.rows(target);
  }

  private String restoring(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("bad.zip"), bytes);
    String code = Copies.refusal(() -> Copies.restore(file, target, Copies.REPLACE));
    assertThat(Copies.rows(target)).isEqualTo(before);
    return code;
  }

  @Test
  void a_cut_file_is_found_out_wherever_it_was_cut() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < 20; i++) {
      int length = 4 + random.nextInt(good.length - 4);
      assertThat(restoring(Arrays.copyOf(good, length))).isEqualTo("backup-damaged");
    }
    assertThat(restoring(new byte[0])).isEqualTo("not-a-backup");
    assertThat(restoring("x".repeat(1_000).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("not-a-backup");
  }

  @Test
  void a_flipped_bit_is_found_out_wherever_it_is() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < 50; i++) {
      byte[] bad = good.clone();
      bad[4 + random.nextInt(good.length - 4)] ^= (byte) (1 << random.nextInt(8));
      assertThat(restoring(bad)).isEqualTo("backup-damaged");
    }
  }

  @Test
  void what_a_newer_version_made_is_left_alone() throws IOException {
    assertThat(restoring(sealed(text -> text.replace("\"format\":1", "\"format\":2"))))
        .isEqualTo("backup-newer");
    assertThat(
            restoring(
                sealed(
                    text ->
                        text.replaceFirst("\"schema\":\"\\d+\"", "\"schema\":\"209901010000\""))))
        .isEqualTo("backup-newer");
  }

  @Test
  void a_manifest_that_does_not_fit_its_rows_or_the_schema_is_refused() throws IOException {
    assertThat(restoring(sealed(text -> text.replace("\"rows\":500", "\"rows\":499"))))
        .isEqualTo("backup-damaged");
    assertThat(
            restoring(
                sealed(
                    text ->
                        text.replace("\"name\":\"app\"", "\"name\":\"app; drop table stream\""))))
        .isEqualTo("backup-unfit");
    assertThat(restoring(sealed(text -> text.replace("\"created_by\"", "\"made_by\""))))
        .isEqualTo("backup-unfit");
    assertThat(
            restoring(
                sealed(
                    text -> text.replace("\"leftOut\":[\"refresh_token\"", "\"leftOut\":[\"x\""))))
        .isEqualTo("backup-unfit");
  }

  /** The good backup with another manifest and a right seal. */
  private static byte[] sealed(UnaryOperator<String> change) throws IOException {
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    try (SealedOutput seal = new SealedOutput(made);
        ZipOutputStream out = new ZipOutputStream(seal);
        ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(good))) {
      out.setComment("0".repeat(SealedOutput.SEAL));
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        byte[] bytes = in.readAllBytes();
        if (entry.getName().equals(BackupWriter.MANIFEST)) {
          String text = new String(bytes, StandardCharsets.UTF_8);
          String changed = change.apply(text);
          assertThat(changed).isNotEqualTo(text);
          bytes = changed.getBytes(StandardCharsets.UTF_8);
        }
        out.write(bytes);
        out.closeEntry();
      }
      out.finish();
      seal.seal();
    }
    return made.toByteArray();
  }

  @Test
  void places_and_databases_that_do_not_do_are_named() throws IOException {
    Path taken = Files.write(folder.resolve("taken.zip"), new byte[] {1});
    assertThat(Copies.refusal(() -> Copies.take(source, taken))).isEqualTo("file-exists");
    assertThat(Files.readAllBytes(taken)).hasSize(1);
    assertThat(Copies.refusal(() -> Copies.take(source, folder.resolve("no/where.zip"))))
        .isEqualTo("file-not-found");
    assertThat(Copies.refusal(() -> Copies.restore(folder, target, Copies.PLAIN)))
        .isEqualTo("not-a-backup");
    Endpoints empty = EmbeddedForTests.freshDatabase("bad_backup_empty");
    assertThat(Copies.refusal(() -> Copies.take(empty, folder.resolve("empty.zip"))))
        .isEqualTo("nothing-to-back-up");
    assertThat(
            Copies.refusal(() -> Copies.take(changed("@127.0.0.1:\\d+", "@127.0.0.1:1"), folder)))
        .isEqualTo("database-unreachable");
    assertThat(Copies.refusal(() -> Copies.take(changed(":[^:@/]+@", ":wrong@"), folder)))
        .isEqualTo("database-refused");
    assertThat(Copies.refusal(() -> Copies.take(changed("/[a-z_]+$", "/nowhere"), folder)))
        .isEqualTo("database-refused");
    assertThat(folder).isDirectoryNotContaining("glob:**magpie-*");
  }

  private static Endpoints changed(String part, String by) {
    return new Endpoints(
        source.postgresUri(), source.postgresOwnerUri().replaceFirst(part, by), source.redisUri());
  }

  @Test
  void a_failure_in_the_middle_leaves_no_file() throws IOException {
    Path file = folder.resolve("half.zip");
    Endpoints half = EmbeddedForTests.freshDatabase("bad_backup_half");
    Migrations.apply(half.postgresOwnerUri());
    // The last of the tables may not be read.
    Copies.execute(
        half,
        """
        create table zz (x text); insert into zz values ('1');
        alter table zz enable row level security, force row level security;
        """);
    assertThat(Copies.refusal(() -> Copies.take(half, file))).isEqualTo("no-permission");
    assertThat(folder).isDirectoryNotContaining("glob:**half*");
  }

  @Test
  void rows_that_postgres_refuses_leave_the_database_as_it_was() throws IOException {
    // The same app twice: the key of the table refuses it in the middle of the load.
    assertThat(restoring(doubled())).isEqualTo("database-failed");
  }

  private static byte[] doubled() throws IOException {
    Endpoints twice = EmbeddedForTests.freshDatabase("bad_backup_twice");
    Migrations.apply(twice.postgresOwnerUri());
    Copies.execute(twice, "alter table app drop constraint app_pkey cascade");
    Copies.execute(
        twice,
        """
        insert into app (id, name, created_by, created_at)
        select '00000000-0000-0000-0000-000000000001', 'app', gen_random_uuid(), now()
        from generate_series(1, 2)
        """);
    return Files.readAllBytes(Copies.take(twice, folder.resolve("twice.zip")));
  }
}
