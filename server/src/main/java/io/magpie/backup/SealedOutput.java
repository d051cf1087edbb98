package io.magpie.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Replaces the last {@value #SEAL} bytes of what is written by the SHA-256, in hexadecimal digits,
 * of everything before them. In a ZIP file these are its comment, so the file stays one.
 */
final class SealedOutput extends OutputStream {
  static final int SEAL = 64;

  private final OutputStream out;
  private final MessageDigest digest = RowDigest.sha256();
  private final byte[] tail = new byte[SEAL];
  private int held;

  SealedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int passing = Math.max(0, held + length - SEAL);
    int fromTail = Math.min(held, passing);
    pass(tail, 0, fromTail);
    System.arraycopy(tail, fromTail, tail, 0, held - fromTail);
    held -= fromTail;
    int direct = passing - fromTail;
    pass(bytes, offset, direct);
    System.arraycopy(bytes, offset + direct, tail, held, length - direct);
    held += length - direct;
  }

  private void pass(byte[] bytes, int offset, int length) throws IOException {
    digest.update(bytes, offset, length);
    out.write(bytes, offset, length);
  }

  /** The end: writes the seal. */
  void seal() throws IOException {
    if (held != SEAL) {
      throw new IllegalStateException("shorter than its seal");
    }
    out.write(HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
