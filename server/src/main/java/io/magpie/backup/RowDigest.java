package io.magpie.backup;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a table holds, in whatever order its rows come: the sum, modulo 2^256, of the SHA-256 of
 * each row. Rows are lines of COPY's text format, in which a line feed ends a row and stands
 * nowhere else.
 */
final class RowDigest {
  private static final int BYTES = 32;

  private final MessageDigest row = sha256();
  private final byte[] one = new byte[BYTES];
  private final byte[] sum = new byte[BYTES];
  private boolean begun;
  private long rows;

  /** Takes the next bytes; rows may begin and end anywhere in them. */
  void update(byte[] bytes, int offset, int length) {
    int start = offset;
    int end = offset + length;
    for (int at = offset; at < end; at++) {
      if (bytes[at] == '\n') {
        row.update(bytes, start, at - start);
        add();
        start = at + 1;
      }
    }
    if (start < end) {
      row.update(bytes, start, end - start);
      begun = true;
    }
  }

  private void add() {
    try {
      row.digest(one, 0, BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    int carry = 0;
    for (int i = BYTES - 1; i >= 0; i--) {
      carry += (sum[i] & 0xff) + (one[i] & 0xff);
      sum[i] = (byte) carry;
      carry >>>= 8;
    }
    begun = false;
    rows++;
  }

  /** Whole rows so far. */
  long rows() {
    return rows;
  }

  /** Whether the bytes so far end inside of a row. */
  boolean insideOfRow() {
    return begun;
  }

  /** 64 hexadecimal digits. */
  String value() {
    return HexFormat.of().formatHex(sum);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
