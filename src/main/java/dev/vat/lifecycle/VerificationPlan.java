package dev.vat.lifecycle;

import dev.vat.mhl.HashAction;
import dev.vat.mhl.Recorded;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which files of a folder are going to be read, and what can be told without reading.
///
/// @param look what it was made from
/// @param toRead in the order of names
/// @param unread how many files are left out this time
/// @param absent recorded files that are not there, or of which nobody can tell
public record VerificationPlan(
    FolderLook look, List<TreeFile> toRead, int unread, List<FileFinding> absent) {
  public VerificationPlan {
    toRead = List.copyOf(toRead);
    absent = List.copyOf(absent);
  }

  public static VerificationPlan of(FolderLook look, Selection selection) {
    List<TreeFile> suspects = new ArrayList<>();
    List<TreeFile> candidates = new ArrayList<>();
    for (TreeFile file : look.files().values()) {
      Optional<Recorded> recorded = look.recorded(file.name());
      Optional<Instant> good = recorded.flatMap(Recorded::lastVerifiedAt);
      if (recorded.isPresent() && recorded.get().lastAction() == HashAction.FAILED) {
        suspects.add(file);
      } else if (good.isEmpty()
          || !selection.suspectsOnly()
              && (selection.notReadSince().isEmpty()
                  || good.get().isBefore(selection.notReadSince().get()))) {
        candidates.add(file);
      }
    }
    List<TreeFile> chosen = new ArrayList<>(sample(look, candidates, selection.share()));
    chosen.addAll(suspects);
    chosen.sort(Comparator.comparing(TreeFile::name));
    return new VerificationPlan(look, chosen, look.files().size() - chosen.size(), absent(look));
  }

  /// Only those files, for example because they were brought back.
  public static VerificationPlan only(FolderLook look, Set<RelativeName> names) {
    List<TreeFile> chosen =
        look.files().values().stream().filter(file -> names.contains(file.name())).toList();
    return new VerificationPlan(look, chosen, look.files().size() - chosen.size(), absent(look));
  }

  private static List<TreeFile> sample(FolderLook look, List<TreeFile> files, double share) {
    if (share == 1) {
      return files;
    }
    double wanted = look.files().values().stream().mapToLong(TreeFile::sizeBytes).sum() * share;
    List<TreeFile> oldest = new ArrayList<>(files);
    oldest.sort(
        Comparator.comparing(
                (TreeFile file) ->
                    look.recorded(file.name()).map(Recorded::lastReadAt).orElse(Instant.MIN))
            .thenComparing(TreeFile::name));
    List<TreeFile> chosen = new ArrayList<>();
    long bytes = 0;
    for (TreeFile file : oldest) {
      if (!chosen.isEmpty() && bytes >= wanted) {
        break;
      }
      chosen.add(file);
      bytes += file.sizeBytes();
    }
    return chosen;
  }

  private static List<FileFinding> absent(FolderLook look) {
    List<FileFinding> absent = new ArrayList<>();
    if (look.history().isPresent()) {
      look.history()
          .get()
          .files()
          .forEach(
              (name, recorded) -> {
                if (!look.files().containsKey(name)) {
                  absent.add(absent(look, name, recorded));
                }
              });
    }
    return absent;
  }

  private static FileFinding absent(FolderLook look, RelativeName name, Recorded recorded) {
    Optional<TreeRemark> remark = look.remarkOn(name);
    return new FileFinding(
        name,
        remark.isPresent() ? Verdict.UNREADABLE : Verdict.MISSING,
        remark.map(TreeRemark::message).orElse(""),
        recorded.sizeBytes().orElse(0),
        Map.of());
  }

  /// The same of a folder of light files. The history that came there with them is of the whole
  /// project, whose heavy files are elsewhere on purpose: they are not missed.
  public VerificationPlan ofLightFiles(FileKinds kinds) {
    return new VerificationPlan(
        look,
        toRead,
        unread,
        absent.stream()
            .filter(one -> kinds.of(one.name(), one.sizeBytes()) != FileKind.HEAVY)
            .toList());
  }

  /// How much there is to read.
  public long bytes() {
    return toRead.stream().mapToLong(TreeFile::sizeBytes).sum();
  }

  /// Whether there is nothing to compare with yet: the files are recorded for the first time.
  public boolean isFirst() {
    return look.isFirst();
  }

  /// Whether an earlier reading found something bad, or something is missing.
  public boolean hasKnownTrouble() {
    return !absent.isEmpty()
        || look.files().keySet().stream()
            .flatMap(name -> look.recorded(name).stream())
            .anyMatch(recorded -> recorded.lastAction() == HashAction.FAILED);
  }
}
