package dev.vat.lifecycle;

import dev.vat.mhl.Digest;
import dev.vat.mhl.HashFormat;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.StringJoiner;

/// What a verification has read so far, so that one that was stopped or cut goes on. One line a
/// file; a line that was cut counts as not written.
///
/// A file counts as read only while size, time and identity are those that it was read with, for
/// three days, and while its history is the one that it was begun with. What is taken over keeps
/// the time at which it was read.
final class VerificationJournal {
  private static final Duration KEPT_FOR = Duration.ofDays(3);

  /// @param at when the content was read
  /// @param pastCache whether from the device itself
  record Line(Map<HashFormat, Digest> digests, Instant at, boolean pastCache) {}

  private final Optional<Path> file;
  private final String header;
  private final Map<String, Line> lines = new HashMap<>();
  private boolean begun;

  private VerificationJournal(Optional<Path> file, String header) {
    this.file = file;
    this.header = header;
  }

  /// One that remembers nothing.
  static VerificationJournal none() {
    return new VerificationJournal(Optional.empty(), "");
  }

  /// @param file where it is kept; it need not exist
  /// @param look the folder that is verified
  static VerificationJournal open(Path file, FolderLook look, Instant now) throws IOException {
    String generation =
        look.isFirst() ? "-" : look.history().orElseThrow().lastGeneration().manifest();
    VerificationJournal journal =
        new VerificationJournal(
            Optional.of(file), "vat.verification/1\t" + look.root() + "\t" + generation);
    journal.begun = WholeLines.after(journal.header, file, line -> journal.read(line, now));
    return journal;
  }

  private void read(String line, Instant now) {
    String[] parts = line.split("\t", 4);
    if (parts.length < 4) {
      return;
    }
    try {
      Instant at = Instant.parse(parts[0]);
      Map<HashFormat, Digest> digests = new EnumMap<>(HashFormat.class);
      for (String one : parts[2].split(",")) {
        int colon = one.indexOf(':');
        HashFormat format = HashFormat.of(one.substring(0, Math.max(0, colon))).orElseThrow();
        digests.put(format, new Digest(format, one.substring(colon + 1)));
      }
      if (!at.isAfter(now) && at.isAfter(now.minus(KEPT_FOR))) {
        lines.put(parts[3], new Line(digests, at, parts[1].equals("device")));
      }
    } catch (DateTimeException | IllegalArgumentException | NoSuchElementException cut) {
      // Not a line of ours: the file is read again.
    }
  }

  private static String key(TreeFile file) {
    return file.sizeBytes() + "\t" + file.modifiedAt() + "\t" + file.fileKey() + "\t" + file.name();
  }

  Optional<Line> line(TreeFile file) {
    return Optional.ofNullable(lines.get(key(file)));
  }

  /// A file that was written to within two seconds of the reading may be written to once more
  /// without a new time (design 7.14): its reading is not remembered.
  void add(TreeFile of, Line line) throws IOException {
    if (file.isEmpty() || of.modifiedAt().plus(Judgement.TIME_TOLERANCE).isAfter(line.at)) {
      return;
    }
    StringJoiner digests = new StringJoiner(",");
    line.digests.values().forEach(digest -> digests.add(digest.toString()));
    String text =
        line.at + "\t" + (line.pastCache ? "device" : "cache") + "\t" + digests + "\t" + key(of);
    if (!begun) {
      Files.createDirectories(file.get().getParent());
      Files.writeString(file.get(), header + "\n");
      begun = true;
    }
    Files.writeString(file.get(), text + "\n", StandardOpenOption.APPEND);
  }

  /// The run came to its end.
  void finish() throws IOException {
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
