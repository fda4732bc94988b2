package dev.vat.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// A small file of `name=value` lines, both percent-encoded: readable, and safe for any key. It is
/// there whole or not at all, also after a crash.
final class FactFile {
  /// Files that begin so were being written when something stopped the server.
  static final String TEMPORARY = "tmp-";

  private FactFile() {}

  /// A map for facts that holds `values`, each name after `prefix`.
  static Map<String, String> facts(String prefix, Map<String, String> values) {
    Map<String, String> facts = new TreeMap<>();
    values.forEach((name, value) -> facts.put(prefix + name, value));
    return facts;
  }

  /// The facts whose names begin with `prefix`, without it.
  static Map<String, String> under(String prefix, Map<String, String> facts) {
    Map<String, String> found = new HashMap<>();
    facts.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /// Puts the facts under `target`, replacing what is there.
  static void write(Path target, Map<String, String> facts) throws IOException {
    StringBuilder lines = new StringBuilder();
    facts.forEach(
        (name, value) ->
            lines
                .append(UriText.encode(name, false))
                .append('=')
                .append(UriText.encode(value, true))
                .append('\n'));
    Path temporary =
        target.resolveSibling(TEMPORARY + target.getFileName() + Thread.currentThread().threadId());
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /// @throws IOException when it cannot be read as facts
  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> facts = new HashMap<>();
    for (String line : Files.readString(file).split("\n")) {
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw new IOException(
            "The sandbox's file "
                + file
                + " is damaged. Take the sandbox folder from a copy, or begin with an empty one.");
      }
      facts.put(
          UriText.decode(line.substring(0, equals), false),
          UriText.decode(line.substring(equals + 1), false));
    }
    return facts;
  }
}
