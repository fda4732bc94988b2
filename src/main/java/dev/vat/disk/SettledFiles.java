package dev.vat.disk;

import dev.vat.project.FileStamp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Tells files that are still being written from finished ones, before they are read (design 7.9).
/// That a file changed while it was read is found by [ContentHasher].
public final class SettledFiles {
  /// How long a recording without its index counts as still running (design 7.9).
  private static final Duration RECENT = Duration.ofMinutes(10);

  private final OpenForWriting open;

  /// @param open looked at shortly before, with the files that will be asked about
  public SettledFiles(OpenForWriting open) {
    this.open = open;
  }

  /// @param now compared with the file's own time; a time further in the future than ten minutes is
  ///     a wrong clock and does not count as recent
  /// @throws IOException when the file cannot be read
  public Settled look(FileStamp stamp, Instant now) throws IOException {
    Optional<String> writer = open.writerOf(stamp);
    if (writer.isPresent()) {
      return new Settled.NotYet(
          "it is still open for writing in " + writer.get() + ". Run again when it is closed");
    }
    return switch (Mp4Boxes.at(stamp.path())) {
      case Mp4Boxes.Look.NotMp4() -> new Settled.Yes();
      case Mp4Boxes.Look.Complete() -> new Settled.Yes();
      case Mp4Boxes.Look.Incomplete(String why) when recent(stamp, now) ->
          new Settled.NotYet(
              "it is still being recorded or exported, it seems: "
                  + why
                  + ", and it was changed in the last 10 minutes. Run again when it is finished");
      case Mp4Boxes.Look.Incomplete(String why) -> new Settled.Incomplete(unplayable(why));
    };
  }

  /// What to warn of when the file is sent as it is, however long nobody has written to it: that it
  /// may not play. Reads some bytes, never the content.
  ///
  /// @return also when it cannot be read any more
  public static Optional<String> warningOf(FileStamp stamp) {
    try {
      return switch (Mp4Boxes.at(stamp.path())) {
        case Mp4Boxes.Look.NotMp4(), Mp4Boxes.Look.Complete() -> Optional.empty();
        case Mp4Boxes.Look.Incomplete(String why) -> Optional.of(unplayable(why));
      };
    } catch (IOException e) {
      return Optional.of("it cannot be looked into any more: " + e.getMessage());
    }
  }

  private static String unplayable(String why) {
    return "it may not play: " + why + ". Was the recording cut off?";
  }

  private static boolean recent(FileStamp stamp, Instant now) {
    return Duration.between(stamp.modifiedAt(), now).abs().compareTo(RECENT) <= 0;
  }
}
