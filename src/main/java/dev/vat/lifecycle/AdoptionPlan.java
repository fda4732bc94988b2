package dev.vat.lifecycle;

import dev.vat.cloud.ObjectSummary;
import dev.vat.index.CopyPlace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of the archives in S3 is to be read for the index: the tables of contents and the texts of
/// those that are new, or not the ones that were read.
///
/// @param bucket where they are
/// @param prefix what all their keys begin with
/// @param toRead in the order of their keys
/// @param unchanged how many are known as they are
/// @param there all archives of the repository, known or not
public record AdoptionPlan(
    String bucket, String prefix, List<Item> toRead, int unchanged, Set<CopyPlace> there) {
  private static final String OF_ARCHIVE = "archive ";

  public AdoptionPlan {
    toRead = List.copyOf(toRead);
    there = Set.copyOf(there);
  }

  /// One archive.
  ///
  /// @param place as the index names it
  /// @param version what is noted of it once all of it is read: two that have the same are the same
  public record Item(ArchiveListing.Found found, CopyPlace place, String version) {
    ObjectSummary archive() {
      return found.archive().orElseThrow();
    }

    /// How many bytes are read at most, where its sidecars are what they should be.
    public long mostBytes() {
      return tocBytes() + found.light().map(ObjectSummary::sizeBytes).orElse(0L);
    }

    /// How many requests that are at most.
    long mostRequests() {
      return 1
          + found.light().map(light -> WindowedRange.mostRequests(light.sizeBytes())).orElse(0L);
    }

    /// Of the table of contents; of one that is in the archive alone, what is read at first.
    long tocBytes() {
      return found
          .toc()
          .map(ObjectSummary::sizeBytes)
          .orElse(Math.min(archive().sizeBytes(), WindowedRange.WINDOW_BYTES));
    }
  }

  /// What is noted of one that could not be read as a whole: it is tried again when somebody asks
  /// for it, and not by every look.
  static String partly(String version) {
    return "partly " + version;
  }

  /// Pure.
  ///
  /// @param ours the archives of the repository in that place
  /// @param known what is noted of each that was read
  /// @param daily whether this is a look by the way: then those without a table of contents beside
  ///     them, and those that were tried and could not be read, are left for when somebody asks
  public static AdoptionPlan of(
      String bucket,
      String prefix,
      List<ArchiveListing.Found> ours,
      Map<CopyPlace, String> known,
      boolean daily) {
    List<Item> toRead = new ArrayList<>();
    Set<CopyPlace> there = new HashSet<>();
    int unchanged = 0;
    for (ArchiveListing.Found found : ours) {
      Item item = item(bucket, found);
      there.add(item.place());
      String noted = known.getOrDefault(item.place(), "");
      boolean tried = noted.equals(partly(item.version()));
      if (noted.equals(item.version()) || keeps(item, noted) || daily && tried) {
        unchanged++;
      } else if (!daily || found.toc().isPresent()) {
        toRead.add(item);
      }
    }
    return new AdoptionPlan(bucket, prefix, toRead, unchanged, there);
  }

  /// One that was read from its own end and is frozen since: nothing can be read of it now, and
  /// freezing changes no content.
  private static boolean keeps(Item item, String noted) {
    return item.found().toc().isEmpty()
        && !item.archive().thaw().isReadable()
        && noted.startsWith(OF_ARCHIVE);
  }

  private static Item item(String bucket, ArchiveListing.Found found) {
    CopyPlace place =
        new CopyPlace(
            found.keys().project(), CopyPlace.Kind.S3, bucket, found.archive().orElseThrow().key());
    Item item = new Item(found, place, "");
    // Freezing an archive gives it another ETag, and leaves what lies beside it alone.
    String version =
        found.toc().isPresent()
            ? "toc " + found.toc().get().etag().value() + " " + light(found)
            : ofArchive(item);
    return new Item(found, place, version);
  }

  private static String ofArchive(Item item) {
    return OF_ARCHIVE + item.archive().etag().value() + " " + light(item.found());
  }

  private static String light(ArchiveListing.Found found) {
    return found.light().map(object -> object.etag().value()).orElse("-");
  }

  /// How many bytes of what lies beside them are read at most.
  public long mostBytes() {
    return toRead.stream().mapToLong(Item::mostBytes).sum();
  }

  /// How many requests that are at most.
  public long mostRequests() {
    return toRead.stream().mapToLong(Item::mostRequests).sum();
  }

  /// How many of those to read have no light files beside them and can be read themselves: their
  /// texts, if there are any, come out of them, and nobody knows how much that is.
  public long withoutLight() {
    return toRead.stream()
        .filter(item -> item.found().light().isEmpty() && item.archive().thaw().isReadable())
        .count();
  }

  /// How many of those to read are frozen with nothing beside them: of these nothing can be read.
  public long frozen() {
    return toRead.stream().filter(AdoptionPlan::isFrozen).count();
  }

  static boolean isFrozen(Item item) {
    return item.found().toc().isEmpty() && !item.archive().thaw().isReadable();
  }
}
