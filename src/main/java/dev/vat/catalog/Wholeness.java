package dev.vat.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which copies of a project seem to be whole, as far as numbers tell: those than which no other
/// known copy has more files or more bytes. An edited project may have less than an older copy of
/// it, and numbers cannot tell that from one of which something is lost: then it does not count
/// either. Rather one copy too few than one too many, for people let go of copies by this.
///
/// That a copy has as much as the others proves nothing: only verifying does. One that was found
/// damaged does not count.
record Wholeness(ProjectEntry project) {
  /// What a copy adds up to.
  private record Amount(long files, long bytes) {
    static Amount of(TreeTotals totals) {
      return new Amount(totals.files(), totals.bytes());
    }

    static Amount light(TreeTotals totals) {
      return new Amount(totals.lightFiles(), totals.bytes() - totals.heavyBytes());
    }

    boolean isLessThan(Amount other) {
      return files < other.files || bytes < other.bytes;
    }
  }

  /// Where there is more than in one copy.
  ///
  /// @param here whether in an active folder here
  /// @param archived folders below `archived/` with more light files than an active one
  /// @param drives copies on other drives
  /// @param cloud whether in S3
  record More(boolean here, List<LocalCopy> archived, List<SsdCopy> drives, boolean cloud) {
    boolean isNowhere() {
      return !here && archived.isEmpty() && drives.isEmpty() && !cloud;
    }
  }

  /// Whether a folder here is whole. What is below `archived/` holds light files alone; an active
  /// folder may be what a release, a restore or somebody's clearing up has left.
  boolean of(LocalCopy copy) {
    return isActive(copy) && moreThan(copy).isNowhere();
  }

  /// Whether a copy on a drive is whole. One that nobody counted is, while no other one was
  /// counted either.
  boolean of(SsdCopy copy) {
    return copy.damagedAt().isEmpty() && moreThan(copy).isNowhere();
  }

  /// Whether an archive object is whole. One that does not say what is in it is taken at its word.
  boolean of(CloudCopy copy) {
    return copy.damagedAt().isEmpty()
        && amount(copy).map(content -> more(content::isLessThan).isNowhere()).orElse(true);
  }

  /// Where there is more than in an active folder.
  More moreThan(LocalCopy copy) {
    Amount light = Amount.light(copy.totals());
    More more = more(Amount.of(copy.totals())::isLessThan);
    return new More(
        more.here,
        project.local().stream()
            .filter(one -> !isActive(one) && light.isLessThan(Amount.light(one.totals())))
            .toList(),
        more.drives,
        more.cloud);
  }

  /// Where there is more than in a copy on a drive, or something while nobody counted that one.
  More moreThan(SsdCopy copy) {
    Predicate<Amount> isMore =
        copy.totals()
            .map(Amount::of)
            .<Predicate<Amount>>map(mine -> mine::isLessThan)
            .orElse(_ -> true);
    return more(isMore);
  }

  /// Nothing has more than itself, so nothing has to be left out.
  private More more(Predicate<Amount> isMore) {
    return new More(
        project.local().stream()
            .filter(Wholeness::isActive)
            .anyMatch(one -> isMore.test(Amount.of(one.totals()))),
        List.of(),
        project.ssd().stream()
            .filter(one -> one.totals().map(Amount::of).filter(isMore).isPresent())
            .toList(),
        project.cloud().stream().flatMap(Wholeness::stated).anyMatch(isMore));
  }

  private static Stream<Amount> stated(CloudCopy copy) {
    return amount(copy).stream();
  }

  private static Optional<Amount> amount(CloudCopy copy) {
    return copy.content().map(content -> new Amount(content.files(), content.bytes()));
  }

  private static boolean isActive(LocalCopy copy) {
    return copy.structure() == LocalCopy.Structure.FLAT;
  }
}
