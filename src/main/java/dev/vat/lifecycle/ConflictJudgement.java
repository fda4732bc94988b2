package dev.vat.lifecycle;

import dev.vat.disk.CopiedFile;
import dev.vat.disk.CopyProblem;
import dev.vat.disk.TreeCopied;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the checksum histories of a project's copies say of two versions of a file: one that is
/// damaged is nobody's version, and no decision may prefer it. Pure.
final class ConflictJudgement {
  private final Histories said;

  /// @param said by the history that lies in the copy, and those of the other folders
  ConflictJudgement(Histories said) {
    this.said = said;
  }

  /// The same result, where conflicts are named for what they are, and what is equal on both sides
  /// and damaged counts as copied no more.
  TreeCopied judged(TreeCopied copied) {
    List<CopyProblem> problems = new ArrayList<>();
    for (CopyProblem problem : copied.problems()) {
      problems.add(
          problem instanceof CopyProblem.Different different ? judged(different) : problem);
    }
    List<CopiedFile> good = new ArrayList<>();
    for (CopiedFile file : copied.files()) {
      if (said.isDamaged(file.name(), file.identity().modifiedAt(), file.digests())) {
        problems.add(
            new CopyProblem.KnownDamaged(
                file.name(), file.target(), CopyProblem.KnownDamaged.Side.BOTH));
      } else {
        good.add(file);
      }
    }
    return new TreeCopied(good, problems);
  }

  private CopyProblem judged(CopyProblem.Different different) {
    boolean here = isDamaged(different, different.here());
    boolean there = isDamaged(different, different.there());
    Optional<CopyProblem.KnownDamaged.Side> side =
        here && there
            ? Optional.of(CopyProblem.KnownDamaged.Side.BOTH)
            : here
                ? Optional.of(CopyProblem.KnownDamaged.Side.HERE)
                : there ? Optional.of(CopyProblem.KnownDamaged.Side.THERE) : Optional.empty();
    return side.<CopyProblem>map(
            one -> new CopyProblem.KnownDamaged(different.name(), different.target(), one))
        .orElse(different);
  }

  private boolean isDamaged(CopyProblem.Different different, CopyProblem.Version one) {
    return one.content()
        .filter(content -> said.isDamaged(different.name(), one.modifiedAt(), content))
        .isPresent();
  }
}
