package io.magpie.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a backup beside its final name and gives it that name when everything is on the disk.
 * Until then, and after a failure, there is no file of that name. Only its owner may read it.
 */
final class BackupWriter implements AutoCloseable {
  static final String MANIFEST = "manifest.json";

  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private final SealedOutput sealed;
  private final ZipOutputStream zip;
  private boolean done;

  private BackupWriter(Path target, Path partial) throws IOException {
    this.target = target;
    this.partial = partial;
    this.channel =
        FileChannel.open(
            partial,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    this.sealed =
        new SealedOutput(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    this.zip = new ZipOutputStream(sealed, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.BEST_SPEED);
    zip.setComment("0".repeat(SealedOutput.SEAL));
  }

  static BackupWriter begin(Path target) throws IOException {
    Path partial =
        target.resolveSibling(
            target.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
    return new BackupWriter(target, partial);
  }

  static String entry(String table) {
    return "tables/" + table + ".copy";
  }

  void beginTable(String table) throws IOException {
    zip.putNextEntry(new ZipEntry(entry(table)));
  }

  void write(byte[] row) throws IOException {
    zip.write(row, 0, row.length);
  }

  void endTable() throws IOException {
    zip.closeEntry();
  }

  /** The end: manifest, seal, disk, name. */
  void finish(Manifest manifest) throws IOException {
    zip.putNextEntry(new ZipEntry(MANIFEST));
    zip.write(manifest.json().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    zip.finish();
    sealed.seal();
    channel.force(true);
    channel.close();
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    done = true;
    try (FileChannel folder = FileChannel.open(target.toAbsolutePath().resolveSibling(""))) {
      folder.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    if (!done) {
      channel.close();
      Files.deleteIfExists(partial);
    }
  }
}
