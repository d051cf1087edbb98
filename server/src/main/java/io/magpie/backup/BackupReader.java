package io.magpie.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A backup that is whole: its seal was compared before anything in it was believed. */
final class BackupReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private final Path file;
  private final ZipFile zip;
  private final Manifest manifest;

  private BackupReader(Path file, ZipFile zip, Manifest manifest) {
    this.file = file;
    this.zip = zip;
    this.manifest = manifest;
  }

  /** What is done with the bytes of a table, piece by piece. */
  interface Sink<E extends Exception> {
    void take(byte[] bytes, int length) throws E;
  }

  /**
   * Reads the whole file once.
   *
   * @throws BackupFailure {@code backup-damaged}, {@code not-a-backup}, {@code backup-newer} and
   *     those of files
   */
  static BackupReader open(Path file) {
    try {
      checkSeal(file);
      ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
      try {
        return new BackupReader(file, zip, manifest(file, zip));
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (IOException e) {
      throw Failures.file("Reading the backup", file, e);
    }
  }

  private static void checkSeal(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new BackupFailure("not-a-backup", file + " is a folder, not a backup.");
    }
    try (InputStream in = Files.newInputStream(file)) {
      long left = Files.size(file) - SealedOutput.SEAL;
      byte[] start = in.readNBytes(ZIP.length);
      if (!Arrays.equals(start, ZIP)) {
        throw new BackupFailure("not-a-backup", file + " is not a backup of Magpie.");
      }
      MessageDigest digest = RowDigest.sha256();
      digest.update(start);
      left -= ZIP.length;
      byte[] buffer = new byte[BUFFER];
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
        if (read < 0) {
          throw Failures.damaged(file, "it became shorter while it was read.");
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
      String seal = new String(in.readNBytes(SealedOutput.SEAL), StandardCharsets.ISO_8859_1);
      if (!seal.equals(HexFormat.of().formatHex(digest.digest()))) {
        throw Failures.damaged(
            file, "its checksum does not fit. It was cut off or changed; take another copy.");
      }
    }
  }

  private static Manifest manifest(Path file, ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(BackupWriter.MANIFEST);
    if (entry == null) {
      throw Failures.damaged(file, "it has no manifest.");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Manifest.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /** Gives a table's bytes and compares them with the manifest. */
  <E extends Exception> void read(Manifest.Table table, Progress progress, Sink<E> sink) throws E {
    RowDigest digest = new RowDigest();
    ZipEntry entry = zip.getEntry(BackupWriter.entry(table.name()));
    if (entry == null) {
      throw Failures.damaged(file, "the table " + table.name() + " is missing.");
    }
    try (InputStream in = new BufferedInputStream(zip.getInputStream(entry), BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        sink.take(buffer, n);
        progress.rows(table.name(), digest.rows());
      }
    } catch (IOException e) {
      throw Failures.file("Reading the backup", file, e);
    }
    if (digest.insideOfRow()
        || digest.rows() != table.rows()
        || !digest.value().equals(table.sha256())) {
      throw Failures.damaged(
          file, "the table " + table.name() + " does not hold what its manifest says.");
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw Failures.file("Reading the backup", file, e);
    }
  }
}
