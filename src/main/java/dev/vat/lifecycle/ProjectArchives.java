package dev.vat.lifecycle;

import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All archives that S3 has of one project (`vat backup --keep both` makes further ones, and
/// several repositories may share a place), and which of them is meant.
///
/// @param all as S3 told them, the one that counts first
/// @param repo the repository that this is about
public record ProjectArchives(ProjectId project, List<CloudArchive> all, String repo) {
  public ProjectArchives {
    all = List.copyOf(all);
  }

  /// Looks at each: one question for each archive.
  public static ProjectArchives of(
      ObjectStore store, ArchiveListing listing, ProjectId project, String repo)
      throws IOException {
    List<CloudArchive> all = new ArrayList<>();
    for (ArchiveListing.Found found : listing.of(project)) {
      if (found.archive().isPresent()) {
        Optional<ObjectFacts> facts = store.head(found.archive().get().key());
        facts.ifPresent(
            there -> all.add(new CloudArchive(project, there, found.toc().isPresent())));
      }
    }
    return new ProjectArchives(project, all, repo);
  }

  /// Which one is to be read.
  public sealed interface Choice {
    /// This one.
    record One(CloudArchive archive) implements Choice {}

    /// S3 has none.
    record None() implements Choice {}

    /// What there is, is another repository's.
    record NotOurs(CloudArchive archive) implements Choice {}

    /// There are several, and nobody guesses.
    record Several(List<CloudArchive> archives) implements Choice {
      public Several {
        archives = List.copyOf(archives);
      }
    }

    /// None has that name.
    ///
    /// @param archives what there is
    record Unknown(String name, List<CloudArchive> archives) implements Choice {
      public Unknown {
        archives = List.copyOf(archives);
      }
    }
  }

  /// Those that may be read: this repository's; where there is none of these, what does not say
  /// whose it is.
  public List<CloudArchive> readable() {
    List<CloudArchive> ours = those(CloudArchive.Owner.OURS);
    return ours.isEmpty() ? those(CloudArchive.Owner.UNSAID) : ours;
  }

  private List<CloudArchive> those(CloudArchive.Owner owner) {
    return all.stream().filter(one -> one.owner(repo) == owner).toList();
  }

  /// Chooses. Pure.
  ///
  /// @param name the archive's file name (`b40-old.tar.gz`) or its whole key, as typed; empty when
  ///     none was given
  public Choice choose(Optional<String> name) {
    if (all.isEmpty()) {
      return new Choice.None();
    }
    List<CloudArchive> wanted =
        name.isPresent()
            ? all.stream().filter(one -> isCalled(one, name.get())).toList()
            : readable();
    if (wanted.isEmpty()) {
      return name.isPresent()
          ? new Choice.Unknown(name.get(), all)
          : new Choice.NotOurs(all.getFirst());
    }
    if (wanted.size() > 1) {
      return new Choice.Several(wanted);
    }
    CloudArchive one = wanted.getFirst();
    return one.owner(repo) == CloudArchive.Owner.ANOTHERS
        ? new Choice.NotOurs(one)
        : new Choice.One(one);
  }

  private static boolean isCalled(CloudArchive archive, String typed) {
    String name = nfc(typed);
    return name.equals(nfc(archive.key())) || name.equals(nfc(archive.fileName()));
  }

  private static String nfc(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
