package io.magpie.faults.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file system of a limited size for PostgreSQL's files, in memory, mounted as root may. Where
 * mounting is not permitted there is none, and {@link #isThere} says so.
 */
public final class SmallDisk {
  private static final int PIECE = 64 * 1024;

  private final int mebibytes;
  private Path mounted;

  /**
   * Not mounted yet.
   *
   * @param mebibytes 0 for none
   */
  SmallDisk(int mebibytes) {
    this.mebibytes = mebibytes;
  }

  /** Of the directories that only those with a disk like this use. */
  String prefix() {
    return mebibytes == 0 ? "" : "small-";
  }

  /** Takes the place of a directory; what an earlier run left there is gone. */
  void mount(Path at) {
    if (mebibytes == 0) {
      return;
    }
    try {
      Files.createDirectories(at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    works("umount", "--lazy", at.toString());
    if (works("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "magpie", at.toString())) {
      mounted = at;
    }
  }

  public boolean isThere() {
    return mounted != null;
  }

  /** Nothing is left afterwards. */
  public void fill() {
    try (FileChannel file =
        FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int piece = PIECE; piece > 0; ) {
        try {
          file.write(ByteBuffer.allocate(piece));
        } catch (IOException full) {
          piece /= 2;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link #fill} took is free again. */
  public void makeRoom() {
    try {
      if (isThere()) {
        Files.deleteIfExists(ballast());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In bytes. */
  public long free() {
    try {
      return Files.getFileStore(mounted).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return mounted.resolve("ballast");
  }

  void unmount() {
    if (isThere()) {
      works("umount", "--lazy", mounted.toString());
      mounted = null;
    }
  }

  private static boolean works(String... command) {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
