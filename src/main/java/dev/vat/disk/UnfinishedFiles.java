package dev.vat.disk;

import dev.vat.project.FileStamp;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the system and the files themselves say against their being finished: open for writing
/// elsewhere, or a recording without its index (design 7.9).
public final class UnfinishedFiles implements StillFiles.Unfinished {
  private final Function<Collection<FileStamp>, OpenForWriting> writers;
  private final InstantSource clock;

  public UnfinishedFiles(InstantSource clock) {
    this(OpenForWriting::look, clock);
  }

  UnfinishedFiles(Function<Collection<FileStamp>, OpenForWriting> writers, InstantSource clock) {
    this.writers = writers;
    this.clock = clock;
  }

  /// @return a file that cannot be read is not among them: who deals with it tells why
  @Override
  public Map<Path, String> among(Collection<FileStamp> still) {
    SettledFiles settled = new SettledFiles(writers.apply(still));
    Map<Path, String> found = new HashMap<>();
    for (FileStamp stamp : still) {
      why(settled, stamp).ifPresent(why -> found.put(stamp.path(), why));
    }
    return found;
  }

  private Optional<String> why(SettledFiles settled, FileStamp stamp) {
    try {
      return switch (settled.look(stamp, clock.instant())) {
        case Settled.NotYet notYet -> Optional.of(notYet.reason());
        case Settled.Yes _, Settled.Incomplete _ -> Optional.empty();
      };
    } catch (NoSuchFileException gone) {
      return Optional.of("it was removed while it was looked at");
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
