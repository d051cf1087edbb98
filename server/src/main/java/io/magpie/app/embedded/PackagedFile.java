package io.magpie.app.embedded;

import io.magpie.app.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** A file on the class path: one of the packaged binaries. */
record PackagedFile(String name, URL url) {

  /**
   * Finds the file.
   *
   * @throws StartFailure {@code binaries-missing} when this build lacks it
   */
  static PackagedFile named(String name) {
    URL url = PackagedFile.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new StartFailure(
          "binaries-missing", "This build does not contain the packaged file " + name + ".");
    }
    return new PackagedFile(name, url);
  }

  InputStream open() throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  /**
   * A short text that differs for different content; it names the unpacked copy. In a jar it costs
   * nothing, because the jar's directory has the checksum.
   */
  String fingerprint() throws IOException {
    if (url.openConnection() instanceof JarURLConnection jar && jar.getJarEntry().getCrc() != -1) {
      return String.format("%08x", jar.getJarEntry().getCrc());
    }
    CRC32 crc = new CRC32();
    try (InputStream in = open();
        OutputStream out = new CheckedOutputStream(OutputStream.nullOutputStream(), crc)) {
      in.transferTo(out);
    }
    return String.format("%08x", crc.getValue());
  }
}
