package dev.vat.cli;

import dev.vat.project.Repository;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.Limits;
import dev.vat.settings.RepositoryName;
import dev.vat.settings.S3Access;
import dev.vat.settings.Setting;
import dev.vat.settings.SettingValue;
import dev.vat.settings.Settings;
import dev.vat.settings.SettingsException;
import dev.vat.settings.SsdBase;
import dev.vat.settings.SyncUser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `vat config`: every value that holds and where it comes from, secrets masked. It works outside
/// of a repository too, and goes on over wrong values: finding them is what it is for.
@Command
final class ConfigCommand implements RunsAsMade {
  @Mixin final OutputOptions output = new OutputOptions();

  @Override
  public OutputOptions output() {
    return output;
  }

  private record Row(String key, String value, String origin) {}

  private record Problem(String message, String hint) {}

  private record Document(
      String repository, List<Row> settings, List<String> notSet, List<Problem> problems) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    Optional<Repository> repository = CurrentRepository.find(invocation);
    Settings settings = CurrentRepository.settings(invocation, repository, Map.of());
    List<Problem> problems = new ArrayList<>();
    List<Row> rows = rows(settings, repository, problems);
    List<String> notSet = notSet(rows);
    Console console = invocation.console();
    print(console, repository, rows, notSet);
    console.document(
        "vat.config/1",
        new Document(
            repository.map(r -> r.root().toString()).orElse(null), rows, notSet, problems));
    settings.warnings().forEach(warning -> console.warning(Printable.of(warning.words())));
    problems.forEach(
        problem -> {
          console.warning(Printable.of(problem.message()));
          console.note("  " + Printable.of(problem.hint()));
        });
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
  }

  private static List<Row> rows(
      Settings settings, Optional<Repository> repository, List<Problem> problems) {
    List<Row> rows = new ArrayList<>();
    for (SettingValue value : settings.all()) {
      rows.add(new Row(value.setting().key(), value.shown(), value.origin().words()));
    }
    check(problems, () -> S3Access.of(settings));
    check(problems, () -> SsdBase.ifSet(settings));
    check(problems, () -> limits(new Limits(settings)));
    check(
        problems,
        () -> addComputed(rows, Setting.S3_SYNC_USER, SyncUser.of(settings).name(), "user name"));
    repository.ifPresent(
        r -> {
          check(
              problems,
              () -> {
                RepositoryName name = RepositoryName.of(settings, r.root());
                addComputed(rows, Setting.S3_REPO_NAME, name.value(), name.from());
              });
          if (settings.value(Setting.S3_COLLAB_BUCKET).isPresent()) {
            check(problems, () -> CollabPlace.of(settings, r.root()));
          }
          check(problems, () -> ArchivePlace.ifSet(settings));
        });
    rows.sort(Comparator.comparing(row -> Setting.valueOf(row.key()).ordinal()));
    return rows;
  }

  private static void limits(Limits limits) {
    limits.heavyFileBytes();
    limits.minCopies();
    limits.stagingCleanupDays();
    limits.ageRules();
    limits.ssdSameDiskOk();
    limits.budget();
  }

  /// A value that nobody set, but that is found out by itself.
  private static void addComputed(List<Row> rows, Setting setting, String value, String origin) {
    if (rows.stream().noneMatch(row -> row.key().equals(setting.key()))) {
      rows.add(new Row(setting.key(), value, origin));
    }
  }

  private static void check(List<Problem> problems, Runnable reading) {
    try {
      reading.run();
    } catch (SettingsException wrong) {
      Problem problem = new Problem(wrong.message(), wrong.hint());
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
    }
  }

  private static List<String> notSet(List<Row> rows) {
    List<String> set = rows.stream().map(Row::key).toList();
    return Arrays.stream(Setting.values())
        .map(Setting::key)
        .filter(key -> !set.contains(key))
        .filter(key -> !key.equals(Setting.GLACIER_VAULT.key()))
        .toList();
  }

  private static void print(
      Console console, Optional<Repository> repository, List<Row> rows, List<String> notSet) {
    console.line(
        repository
            .map(r -> "Settings of " + Printable.of(r.root().toString()))
            .orElse("Settings outside of a repository (no " + Repository.SETTINGS_FILE + " here)"));
    console.line();
    int keys = width(rows.stream().map(Row::key).toList());
    int values = Math.min(48, width(rows.stream().map(row -> Printable.of(row.value())).toList()));
    for (Row row : rows) {
      console.line(
          "  "
              + padded(row.key(), keys)
              + "  "
              + padded(Printable.of(row.value()), values)
              + "  "
              + console.style().faint(Printable.of(origin(row, repository))));
    }
    console.line();
    console.line("Not set: " + notSet.stream().collect(Collectors.joining(", ")));
  }

  /// The repository's own file by its short name: its folder is in the heading.
  private static String origin(Row row, Optional<Repository> repository) {
    return repository
        .map(r -> row.origin().replace(r.settingsFile().toString(), Repository.SETTINGS_FILE))
        .orElse(row.origin());
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(Columns::of).max().orElse(0);
  }

  private static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - Columns.of(text)));
  }
}
