package dev.vat.disk;

import dev.vat.project.FileStamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Decides which files of some folders have come to rest: a file is ready when its stamp (size,
/// time, identity) has not changed for a while and nothing else says that it is unfinished. Each
/// content of a file becomes ready once, and again only when a look has missed the file meanwhile.
///
/// It has no clock and reads no disk: it is told, look by look, what there is and what time it is.
/// It remembers the files of the last look and no others. Not for use by several threads.
public final class StillFiles {
  private final Duration settle;
  private Map<Path, Seen> files = Map.of();
  private Instant lastLook = Instant.MIN;

  private enum Phase {
    /// Changed lately, or not finished.
    MOVING,
    /// To be dealt with.
    READY,
    /// Dealt with.
    DONE
  }

  /// @param since when this stamp was first seen, or was last found unfinished
  /// @param unfinished why it is not ready although it is still; empty when nobody says so
  private record Seen(FileStamp stamp, Instant since, Phase phase, String unfinished) {}

  /// What speaks against files that have not changed for a while.
  public interface Unfinished {
    /// @return those that somebody seems to be writing to, each with why, in words for users
    Map<Path, String> among(Collection<FileStamp> still);
  }

  /// @param settle how long a file must not have changed
  public StillFiles(Duration settle) {
    if (settle.isNegative() || settle.isZero()) {
      throw new IllegalArgumentException("not a time to wait: " + settle);
    }
    this.settle = settle;
  }

  /// Takes in what there is now. After a gap between two looks in which anything may have happened
  /// (the computer slept, its clock was set) what was moving begins to wait anew.
  ///
  /// @param there all files, each path once; what is not in here any more is forgotten
  /// @param unfinished asked about those only that have been still for long enough; who is
  ///     unfinished is asked about again after the same time
  public void look(Collection<FileStamp> there, Instant now, Unfinished unfinished) {
    boolean gap = isGap(now);
    Map<Path, Seen> next = HashMap.newHashMap(there.size());
    List<FileStamp> still = new ArrayList<>();
    for (FileStamp stamp : there) {
      Seen before = files.get(stamp.path());
      Seen seen =
          before == null || !before.stamp.equals(stamp)
              ? new Seen(stamp, now, Phase.MOVING, "")
              : before;
      if (seen.phase == Phase.MOVING && gap) {
        seen = new Seen(stamp, now, Phase.MOVING, seen.unfinished);
      }
      if (seen.phase == Phase.MOVING && !seen.since.plus(settle).isAfter(now)) {
        still.add(stamp);
      }
      next.put(stamp.path(), seen);
    }
    Map<Path, String> against = still.isEmpty() ? Map.of() : unfinished.among(still);
    for (FileStamp stamp : still) {
      String why = against.get(stamp.path());
      next.put(
          stamp.path(),
          why == null
              ? new Seen(stamp, now, Phase.READY, "")
              : new Seen(stamp, now, Phase.MOVING, why));
    }
    files = next;
    lastLook = now;
  }

  /// A file is known to have been still only while it was looked at now and then.
  private boolean isGap(Instant now) {
    return now.isBefore(lastLook)
        || !lastLook.equals(Instant.MIN)
            && lastLook.plus(settle.multipliedBy(2)).plusSeconds(10).isBefore(now);
  }

  /// What is to be dealt with, sorted by path; the same again until it is [#done], changes or is
  /// gone.
  public List<FileStamp> ready() {
    return files.values().stream()
        .filter(seen -> seen.phase == Phase.READY)
        .map(Seen::stamp)
        .sorted((a, b) -> a.path().compareTo(b.path()))
        .toList();
  }

  /// No more is to be done about this content of the file. Nothing happens when the file has
  /// changed since.
  public void done(FileStamp stamp) {
    Seen seen = files.get(stamp.path());
    if (seen != null && seen.phase == Phase.READY && seen.stamp.equals(stamp)) {
      files.put(stamp.path(), new Seen(stamp, seen.since, Phase.DONE, ""));
    }
  }

  /// Whether some file may become ready without any further change: look again within a part of the
  /// time to settle.
  public boolean isMoving() {
    return files.values().stream().anyMatch(seen -> seen.phase == Phase.MOVING);
  }

  /// The files that are still and yet somebody seems to be writing to, each with why, sorted.
  public SortedMap<Path, String> unfinished() {
    SortedMap<Path, String> unfinished = new TreeMap<>();
    for (Seen seen : files.values()) {
      if (!seen.unfinished.isEmpty()) {
        unfinished.put(seen.stamp.path(), seen.unfinished);
      }
    }
    return Collections.unmodifiableSortedMap(unfinished);
  }

  /// How many files are remembered: those of the last look.
  int size() {
    return files.size();
  }
}
