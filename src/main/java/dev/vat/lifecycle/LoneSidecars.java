package dev.vat.lifecycle;

import dev.vat.cloud.ObjectSummary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Finds, in one pass over a listing, the tables of contents and light files beside which no
/// archive lies. A listing comes in the order of the keys' bytes, so all objects of one archive are
/// told before a key comes that is greater than each of theirs; only what lies between is
/// remembered.
///
/// What it finds is to be asked about again before anything follows from it: a server might list in
/// another order.
final class LoneSidecars {
  /// What comes last of an archive's keys.
  private static final String LAST = ArchiveKeys.Kind.TOC.ending();

  private final BiConsumer<ArchiveKeys.Named, ObjectSummary> lone;
  private final Map<String, Open> open = new HashMap<>();

  /// @param lone told of each, some time after it was seen
  LoneSidecars(BiConsumer<ArchiveKeys.Named, ObjectSummary> lone) {
    this.lone = lone;
  }

  private record Sidecar(ArchiveKeys.Named named, ObjectSummary object) {}

  /// The objects of one archive that were seen so far.
  private static final class Open {
    private final byte[] last;
    private final List<Sidecar> sidecars = new ArrayList<>();
    private boolean hasArchive;

    private Open(String base) {
      this.last = bytes(base + LAST);
    }
  }

  /// The next of the listing.
  void next(ArchiveKeys.Named named, ObjectSummary object) {
    closeBefore(bytes(object.key()));
    String key = object.key();
    String base = key.substring(0, key.length() - named.kind().ending().length());
    Open archive = open.computeIfAbsent(base, Open::new);
    if (named.kind() == ArchiveKeys.Kind.ARCHIVE) {
      archive.hasArchive = true;
    } else {
      archive.sidecars.add(new Sidecar(named, object));
    }
  }

  private void closeBefore(byte[] key) {
    for (Iterator<Open> each = open.values().iterator(); each.hasNext(); ) {
      Open archive = each.next();
      if (Arrays.compareUnsigned(archive.last, key) < 0) {
        close(archive);
        each.remove();
      }
    }
  }

  /// The listing is over.
  void end() {
    open.values().forEach(this::close);
    open.clear();
  }

  private void close(Open archive) {
    if (!archive.hasArchive) {
      archive.sidecars.forEach(one -> lone.accept(one.named(), one.object()));
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
