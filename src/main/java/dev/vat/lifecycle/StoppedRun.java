package dev.vat.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which copies a verification of many has finished, so that one that was stopped or cut does not
/// begin with the first one again. Kept for three days, and only for a run that is about the same.
/// A line that was cut counts as not written.
public final class StoppedRun {
  private static final Duration KEPT_FOR = Duration.ofDays(3);

  /// @param exit what the copy's end meant, a number of the caller's
  /// @param words what came of it, one line for people
  public record Finished(Instant at, int exit, String words) {}

  private final Path file;
  private final String about;
  private final Map<String, Finished> finished = new HashMap<>();
  private boolean begun;

  private StoppedRun(Path file, String about) {
    this.file = file;
    this.about = about;
  }

  /// @param file where it is kept; it need not exist
  /// @param about what the run is to do, one line
  public static StoppedRun open(Path file, String about, Instant now) throws IOException {
    StoppedRun run = new StoppedRun(file, "vat.verify-run/1\t" + about);
    run.begun = WholeLines.after(run.about, file, line -> run.read(line, now));
    return run;
  }

  private void read(String line, Instant now) {
    String[] parts = line.split("\t", 4);
    if (parts.length < 4) {
      return;
    }
    try {
      Instant at = Instant.parse(parts[0]);
      if (!at.isAfter(now) && at.isAfter(now.minus(KEPT_FOR))) {
        finished.put(parts[3], new Finished(at, Integer.parseInt(parts[1]), parts[2]));
      }
    } catch (DateTimeException | NumberFormatException notOurs) {
      // That copy is verified again.
    }
  }

  public Optional<Finished> finished(Path folder) {
    return Optional.ofNullable(finished.get(folder.toString()));
  }

  public void add(Path folder, Finished one) throws IOException {
    if (!begun) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, about + "\n");
      begun = true;
    }
    String words = one.words.replaceAll("\\p{Cntrl}", " ");
    Files.writeString(
        file,
        one.at + "\t" + one.exit + "\t" + words + "\t" + folder + "\n",
        StandardOpenOption.APPEND);
  }

  /// The run came to its end: the next one begins anew.
  public void end() throws IOException {
    Files.deleteIfExists(file);
  }
}
