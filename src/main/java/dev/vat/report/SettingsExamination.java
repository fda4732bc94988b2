package dev.vat.report;

import dev.vat.project.Repository;
import dev.vat.report.Finding.Kind;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.Limits;
import dev.vat.settings.RepositoryName;
import dev.vat.settings.S3Access;
import dev.vat.settings.Setting;
import dev.vat.settings.Settings;
import dev.vat.settings.SettingsException;
import dev.vat.settings.SsdBase;
import dev.vat.settings.SyncUser;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Whether every command will be able to read the settings that it needs.
final class SettingsExamination implements Examination {
  private final Settings settings;
  private final Optional<Repository> repository;

  SettingsExamination(Settings settings, Optional<Repository> repository) {
    this.settings = settings;
    this.repository = repository;
  }

  @Override
  public Check check() {
    return Check.SETTINGS;
  }

  @Override
  public void run(Consumer<Finding> to) {
    Set<Finding> found = new LinkedHashSet<>();
    for (Settings.FileWarning warning : settings.warnings()) {
      found.add(
          Finding.warning(
              Check.SETTINGS,
              warning.words(),
              "Correct or remove line "
                  + warning.warning().line()
                  + " of "
                  + warning.file()
                  + "."));
    }
    read(found, () -> S3Access.of(settings));
    read(found, () -> SsdBase.ifSet(settings));
    read(found, () -> SyncUser.of(settings));
    limits(found, new Limits(settings));
    repository.ifPresent(r -> places(found, r));
    if (found.isEmpty()) {
      found.add(Finding.ok(Check.SETTINGS, "Every setting can be understood."));
    }
    found.forEach(to);
  }

  private void limits(Set<Finding> found, Limits limits) {
    read(found, limits::heavyFileBytes);
    read(found, limits::minCopies);
    read(found, limits::stagingCleanupDays);
    read(found, limits::ageRules);
    read(found, limits::ssdSameDiskOk);
    read(found, limits::budget);
  }

  private void places(Set<Finding> found, Repository repo) {
    read(found, () -> RepositoryName.of(settings, repo.root()));
    if (settings.value(Setting.S3_COLLAB_BUCKET).isPresent()) {
      read(found, () -> CollabPlace.of(settings, repo.root()));
    }
    read(found, () -> ArchivePlace.ifSet(settings));
  }

  private static void read(Set<Finding> found, Runnable reading) {
    try {
      reading.run();
    } catch (SettingsException wrong) {
      found.add(of(wrong));
    }
  }

  static Finding of(SettingsException wrong) {
    return Finding.problem(Check.SETTINGS, Kind.SETTINGS, wrong.message(), wrong.hint());
  }
}
