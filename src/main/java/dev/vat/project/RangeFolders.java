package dev.vat.project;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The range folders of a place, below `archived/` or on a drive, and which of them a project goes
/// into (design, section 2): the one that holds it already; else an existing one whose name covers
/// it, as real drives have `a01-a49`; else the computed one. Looks at the disk each time it is
/// asked, and makes nothing.
public final class RangeFolders {
  private static final BigInteger MODERN_GROUP = BigInteger.valueOf(50);
  private static final BigInteger LEGACY_GROUP = BigInteger.valueOf(25);
  private static final Pattern MODERN_ID = Pattern.compile("([A-Za-z])([0-9]{2,3})-.+");
  private static final Pattern LEGACY_ID = Pattern.compile("([0-9]+)-.+");
  private static final Pattern RANGE =
      Pattern.compile("([A-Za-z])([0-9]{2,3})-\\1([0-9]{2,3})|-?([0-9]+)-([0-9]+)");

  private final Path place;

  /// @param place the folder that holds the range folders
  public RangeFolders(Path place) {
    this.place = place;
  }

  /// A project's number, or the first and last of a range, in its series.
  ///
  /// @param letter empty for digits-first ones; in lower case
  private record Span(String letter, BigInteger first, BigInteger last) {
    boolean covers(Span other) {
      return letter.equals(other.letter)
          && first.compareTo(other.first) <= 0
          && last.compareTo(other.last) >= 0;
    }

    BigInteger width() {
      return last.subtract(first);
    }
  }

  /// The range folder that a project goes into where there is none for it yet: `b50-b99` for
  /// `b63-flivideo`, `-01-25` for `006-ac-carnivore-90`.
  ///
  /// @return empty for a named project, which lies in the place itself
  public static Optional<String> computed(ProjectId id) {
    return switch (ProjectKind.of(id)) {
      case NAMED -> Optional.empty();
      case MODERN -> {
        String letter = id.value().substring(0, 1);
        BigInteger first = numberOf(id).orElseThrow().first();
        first = first.subtract(first.mod(MODERN_GROUP));
        BigInteger last = first.add(MODERN_GROUP).subtract(BigInteger.ONE);
        yield Optional.of(letter + twoDigits(first) + "-" + letter + twoDigits(last));
      }
      case LEGACY -> {
        // Counted from 1; a project 0 goes with the first ones.
        BigInteger before =
            numberOf(id).orElseThrow().first().subtract(BigInteger.ONE).max(BigInteger.ZERO);
        BigInteger first = before.subtract(before.mod(LEGACY_GROUP)).add(BigInteger.ONE);
        BigInteger last = first.add(LEGACY_GROUP).subtract(BigInteger.ONE);
        yield Optional.of("-" + twoDigits(first) + "-" + twoDigits(last));
      }
    };
  }

  /// Whether a range folder is one for the project, by its name alone: `a01-a49` covers `a07-x`,
  /// and does not cover `a00-x`. Capital letters are not told apart.
  public static boolean covers(String rangeFolder, ProjectId id) {
    Optional<Span> range = rangeOf(rangeFolder);
    Optional<Span> number = numberOf(id);
    return range.isPresent() && number.isPresent() && range.get().covers(number.get());
  }

  /// Where a project is or belongs.
  ///
  /// @throws java.nio.file.NoSuchFileException when there is no such place: it is not taken for an
  ///     empty one
  /// @throws IOException when a folder cannot be listed
  public RangeChoice of(ProjectId id) throws IOException {
    List<FolderListing.Entry> entries = FolderListing.complete(place);
    List<Path> ranges =
        entries.stream()
            .filter(e -> e.isFolder() && ProjectKind.isRangeFolder(e.fileName()))
            .map(FolderListing.Entry::path)
            .toList();
    List<Path> holding = new ArrayList<>(DiskSpelling.of(place, id.value()));
    for (Path range : ranges) {
      holding.addAll(DiskSpelling.of(range, id.value()));
    }
    holding.sort(null);
    for (Path found : holding) {
      Optional<RangeChoice.InTheWay> other = somethingElse(found, id);
      if (other.isPresent()) {
        return other.get();
      }
    }
    return switch (holding.size()) {
      case 0 -> free(id, ranges);
      case 1 -> new RangeChoice.Holds(holding.getFirst());
      default -> new RangeChoice.Several(holding);
    };
  }

  private RangeChoice free(ProjectId id, List<Path> ranges) throws IOException {
    Optional<String> computed = computed(id);
    if (computed.isEmpty()) {
      return new RangeChoice.Free(place.resolve(id.value()));
    }
    // Of several the computed one, then the one that says most; the first by name of equals.
    Optional<Path> existing =
        ranges.stream()
            .filter(range -> covers(name(range), id))
            .min(
                Comparator.comparing((Path range) -> !name(range).equals(computed.get()))
                    .thenComparing(range -> rangeOf(name(range)).orElseThrow().width())
                    .thenComparing(RangeFolders::name));
    Path range = existing.orElse(place.resolve(computed.get()));
    if (existing.isEmpty() && Files.exists(range, LinkOption.NOFOLLOW_LINKS)) {
      return RangeChoice.InTheWay.noFolder(range);
    }
    return new RangeChoice.Free(range.resolve(id.value()));
  }

  private static Optional<RangeChoice.InTheWay> somethingElse(Path path, ProjectId id)
      throws IOException {
    List<FolderListing.Entry> beside = FolderListing.complete(path.getParent());
    if (beside.stream().anyMatch(entry -> entry.path().equals(path))) {
      return beside.stream().anyMatch(entry -> entry.path().equals(path) && entry.isFolder())
          ? Optional.empty()
          : Optional.of(RangeChoice.InTheWay.noFolder(path));
    }
    // The drive found it under a name that it does not list.
    return beside.stream()
        .filter(entry -> entry.fileName().equalsIgnoreCase(path.getFileName().toString()))
        .findFirst()
        .map(entry -> RangeChoice.InTheWay.otherCapitals(entry.path(), id))
        .or(() -> Optional.of(RangeChoice.InTheWay.noFolder(path)));
  }

  private static Optional<Span> numberOf(ProjectId id) {
    Matcher matcher =
        switch (ProjectKind.of(id)) {
          case MODERN -> MODERN_ID.matcher(id.value());
          case LEGACY -> LEGACY_ID.matcher(id.value());
          case NAMED -> null;
        };
    if (matcher == null || !matcher.matches()) {
      return Optional.empty();
    }
    boolean modern = matcher.groupCount() == 2;
    BigInteger number = new BigInteger(matcher.group(modern ? 2 : 1));
    return Optional.of(new Span(modern ? lower(matcher.group(1)) : "", number, number));
  }

  private static Optional<Span> rangeOf(String name) {
    Matcher matcher = RANGE.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean modern = matcher.group(1) != null;
    return Optional.of(
        new Span(
            modern ? lower(matcher.group(1)) : "",
            new BigInteger(matcher.group(modern ? 2 : 4)),
            new BigInteger(matcher.group(modern ? 3 : 5))));
  }

  private static String lower(String letter) {
    return letter.toLowerCase(Locale.ROOT);
  }

  private static String twoDigits(BigInteger number) {
    String digits = number.toString();
    return digits.length() < 2 ? "0" + digits : digits;
  }

  private static String name(Path range) {
    return range.getFileName().toString();
  }
}
