package dev.vat.lifecycle;

import dev.vat.project.ProjectId;
import dev.vat.project.RangeFolders;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Under which keys a project's archive object lies in the archive bucket, with what belongs to it
/// (design, section 3): `appydave/b00-b49/b40-old.tar.gz`.
///
/// @param prefix of the archive place: empty, or ending in `/`
/// @param folder the range folder, without `/`; empty for projects that have none
/// @param project in NFC
/// @param dated of a further archive of the same project (`--keep both`), to the second; empty for
///     the one that counts
public record ArchiveKeys(
    String prefix, String folder, ProjectId project, Optional<Instant> dated) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd_HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern NAME =
      Pattern.compile("(.+?)(?:\\.([0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{6}Z))?");

  /// What lies under a key.
  public enum Kind {
    /// Its table of contents, always readable.
    TOC(".toc.json"),
    /// Its light files once more, always readable.
    LIGHT(".light.tar.gz"),
    /// The project.
    ARCHIVE(".tar.gz");

    private final String ending;

    Kind(String ending) {
      this.ending = ending;
    }

    /// What keys of this kind end with.
    public String ending() {
      return ending;
    }
  }

  public ArchiveKeys {
    if (!(prefix.isEmpty() || prefix.endsWith("/")) || folder.indexOf('/') >= 0) {
      throw new IllegalArgumentException("no place of an archive: " + prefix + ", " + folder);
    }
    dated = dated.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
  }

  /// Where a project goes of which there is no archive yet.
  ///
  /// @throws IllegalArgumentException when the id would be taken for another project's: see
  ///     [#isAmbiguous]
  public static ArchiveKeys computed(String prefix, ProjectId project) {
    if (isAmbiguous(project)) {
      throw new IllegalArgumentException("another project's keys would end so: " + project);
    }
    return unchecked(prefix, project);
  }

  /// The same for looking, where a name that could be another project's does no harm.
  static ArchiveKeys unchecked(String prefix, ProjectId project) {
    ProjectId composed = new ProjectId(Normalizer.normalize(project.value(), Normalizer.Form.NFC));
    return new ArchiveKeys(
        prefix, RangeFolders.computed(composed).orElse(""), composed, Optional.empty());
  }

  /// Whether keys of a project of this name could be those of another one: `x.light` has the
  /// archive `x.light.tar.gz`, which is where the light files of `x` are.
  public static boolean isAmbiguous(ProjectId project) {
    String id = Normalizer.normalize(project.value(), Normalizer.Form.NFC);
    Matcher matcher = NAME.matcher(id);
    return id.endsWith(".light") || matcher.matches() && matcher.group(2) != null;
  }

  /// A further archive of the same project, beside the one that counts.
  public ArchiveKeys dated(Instant time) {
    return new ArchiveKeys(prefix, folder, project, Optional.of(time));
  }

  /// The key of one of its objects.
  public String key(Kind kind) {
    return prefix
        + (folder.isEmpty() ? "" : folder + "/")
        + project.value()
        + dated.map(time -> "." + TIME.format(time)).orElse("")
        + kind.ending;
  }

  /// The key of the archive object.
  public String archive() {
    return key(Kind.ARCHIVE);
  }

  /// The key of its table of contents.
  public String toc() {
    return key(Kind.TOC);
  }

  /// The key of its light files.
  public String light() {
    return key(Kind.LIGHT);
  }

  /// A key of an archive place, understood.
  ///
  /// @param key as S3 has it, which may be in another Unicode form than [#keys] would give
  public record Named(String key, ArchiveKeys keys, Kind kind) {}

  /// Reads a key, which may be anybody's.
  ///
  /// @return empty when no archive of ours has such a key: it lies elsewhere or deeper, has another
  ///     ending, or its name could not be a project's
  public static Optional<Named> parse(String prefix, String key) {
    if (!key.startsWith(prefix)) {
      return Optional.empty();
    }
    String below = key.substring(prefix.length());
    int slash = below.indexOf('/');
    String folder = slash < 0 ? "" : below.substring(0, slash);
    String name = below.substring(slash + 1);
    // A `/` at the beginning is a folder without a name, and no folder at all is something else.
    if (name.indexOf('/') >= 0 || slash == 0) {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      if (name.endsWith(kind.ending)) {
        return named(prefix, folder, name.substring(0, name.length() - kind.ending.length()))
            .map(keys -> new Named(key, keys, kind));
      }
    }
    return Optional.empty();
  }

  private static Optional<ArchiveKeys> named(String prefix, String folder, String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      // The folder's name becomes one of a disk as well.
      if (!folder.isEmpty()) {
        new ProjectId(folder.startsWith("-") ? "x" + folder : folder);
      }
      ProjectId project =
          new ProjectId(Normalizer.normalize(matcher.group(1), Normalizer.Form.NFC));
      Optional<Instant> dated =
          Optional.ofNullable(matcher.group(2))
              .map(time -> LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC));
      return Optional.of(new ArchiveKeys(prefix, folder, project, dated));
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      return Optional.empty();
    }
  }
}
