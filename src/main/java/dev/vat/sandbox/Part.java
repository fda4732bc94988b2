package dev.vat.sandbox;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;

/// One stored piece of content: a part, or the whole of an object that came in one request.
///
/// @param file its name among the data
/// @param md5 hex
/// @param checksum base64, in the algorithm of its object or upload
record Part(int number, String file, long size, String md5, String checksum, Instant modified) {
  private static final String NAME = "part.";

  String etag() {
    return "\"" + md5 + "\"";
  }

  void putInto(Properties facts) {
    String line = String.join(" ", file, Long.toString(size), md5, checksum, modified.toString());
    facts.setProperty(NAME + number, line);
  }

  /// The parts that are among the facts, by number.
  static NavigableMap<Integer, Part> all(Properties facts) {
    NavigableMap<Integer, Part> parts = new ConcurrentSkipListMap<>();
    for (String name : facts.stringPropertyNames()) {
      if (name.startsWith(NAME)) {
        int number = Integer.parseInt(name.substring(NAME.length()));
        String[] f = facts.getProperty(name).split(" ");
        Part part = new Part(number, f[0], Long.parseLong(f[1]), f[2], f[3], Instant.parse(f[4]));
        parts.put(number, part);
      }
    }
    return parts;
  }
}
