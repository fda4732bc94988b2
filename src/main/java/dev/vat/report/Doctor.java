package dev.vat.report;

import dev.vat.account.WantedBucket;
import dev.vat.cloud.StoreException;
import dev.vat.lifecycle.Drives;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.Repository;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.Limits;
import dev.vat.settings.RepositoryName;
import dev.vat.settings.S3Access;
import dev.vat.settings.Setting;
import dev.vat.settings.Settings;
import dev.vat.settings.SettingsException;
import dev.vat.settings.SsdBase;
import dev.vat.staging.StagedPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Looks at everything that daily work depends on, and tells what is wrong together with its
/// remedy.
///
/// Local looks come first, those that need the network last; each stands alone. Nothing on this
/// computer is changed; in the bucket, one small object is written and removed again, unless that
/// is not wanted.
public final class Doctor {
  /// The default of `HEAVY_FILE_MB`, for when the setting cannot be read. What is junk does not
  /// depend on it.
  private static final long ANY_HEAVY_FILE_BYTES = 50_000_000;

  private final DoctorSubject subject;

  public Doctor(DoctorSubject subject) {
    this.subject = subject;
  }

  /// Examines. Findings are told one by one, as they come, in the order of [Check].
  public void examine(Consumer<Finding> to) {
    tellRepository(to);
    Optional<Settings> settings = settings(to);
    run(new EnvFileExamination(subject.repository(), subject.machine()), to);
    subject.repository().ifPresent(repository -> local(repository, settings, to));
    bucket(settings, to);
  }

  private void tellRepository(Consumer<Finding> to) {
    to.accept(
        subject
            .repository()
            .map(r -> Finding.ok(Check.REPOSITORY, "The repository is " + r.root() + "."))
            .orElseGet(
                () ->
                    Finding.note(
                        Check.REPOSITORY,
                        "This folder is in no repository: neither "
                            + subject.folder()
                            + " nor a folder above it holds "
                            + Repository.SETTINGS_FILE
                            + ". Only this computer's own settings were checked.",
                        "Go to the brand's folder, or set this one up with: vat init")));
  }

  private Optional<Settings> settings(Consumer<Finding> to) {
    try {
      Settings settings = subject.settings().get();
      run(new SettingsExamination(settings, subject.repository()), to);
      return Optional.of(settings);
    } catch (SettingsException unreadable) {
      to.accept(SettingsExamination.of(unreadable));
      return Optional.empty();
    }
  }

  private void local(Repository repository, Optional<Settings> settings, Consumer<Finding> to) {
    Optional<Git> git =
        Git.installed(subject.environment(), repository.root(), subject.machine().windows());
    run(new GitExamination(repository, git), to);
    run(new ProjectsExamination(repository, kinds(settings)), to);
    run(new DiskExamination(repository), to);
    Optional<Drives> drives = settings.flatMap(s -> readable(s, x -> drives(x, repository)));
    drives.ifPresent(found -> run(new SsdExamination(repository, found), to));
    Optional<String> place = settings.flatMap(s -> readable(s, x -> placeId(x, repository)));
    run(new StateExamination(repository, subject.clock(), place), to);
  }

  private static FileKinds kinds(Optional<Settings> settings) {
    return new FileKinds(
        settings
            .flatMap(s -> readable(s, x -> new Limits(x).heavyFileBytes()))
            .orElse(ANY_HEAVY_FILE_BYTES));
  }

  private Drives drives(Settings settings, Repository repository) {
    return new Drives(
        repository.root(),
        RepositoryName.orFolder(settings, repository.root()),
        SsdBase.ifSet(settings).map(SsdBase::path),
        new Limits(settings).ssdSameDiskOk(),
        subject.volumes(),
        subject.clock());
  }

  private static String placeId(Settings settings, Repository repository) {
    CollabPlace collab = CollabPlace.of(settings, repository.root());
    return new StagedPlace(
            S3Access.of(settings).endpoint().map(URI::toString).orElse("aws"),
            collab.bucket(),
            collab.prefix(),
            collab.repoName(),
            new ProjectId("any"))
        .placeId();
  }

  /// Empty when it cannot be read: the settings' own examination has told why.
  private static <T> Optional<T> readable(Settings settings, Function<Settings, T> reading) {
    try {
      return Optional.of(reading.apply(settings));
    } catch (SettingsException told) {
      return Optional.empty();
    }
  }

  private void bucket(Optional<Settings> settings, Consumer<Finding> to) {
    if (subject.repository().isEmpty() || settings.isEmpty()) {
      to.accept(notAsked("without a repository and its settings nobody knows where to look", ""));
      return;
    }
    Settings known = settings.get();
    Optional<S3Access> access = readable(known, S3Access::of);
    if (known.value(Setting.S3_COLLAB_BUCKET).isEmpty()) {
      to.accept(
          Finding.warning(
              Check.BUCKET,
              "No bucket is set, so files cannot be shared with the team.",
              "Put a line such as \""
                  + Setting.S3_COLLAB_BUCKET.exampleLine()
                  + "\" into "
                  + subject.repository().get().settingsFile()
                  + "."));
      access.ifPresent(a -> run(rules(known, a, Optional.empty()), to));
      return;
    }
    Optional<CollabPlace> place =
        readable(known, s -> CollabPlace.of(s, subject.repository().get().root()));
    if (access.isEmpty() || place.isEmpty()) {
      to.accept(notAsked("the settings for it are wrong", "Correct them first (see settings)."));
      return;
    }
    Repository repository = subject.repository().get();
    run(
        new BucketExamination(
            subject,
            access.get(),
            place.get(),
            repository,
            kinds(settings),
            rules(known, access.get(), place)),
        to);
  }

  /// Of every bucket whose settings can be read.
  private RulesExamination rules(Settings known, S3Access access, Optional<CollabPlace> collab) {
    Optional<ArchivePlace> archive = readable(known, ArchivePlace::ifSet).flatMap(a -> a);
    List<WantedBucket> buckets =
        readable(known, s -> WantedBuckets.of(s, archive, collab)).orElse(List.of());
    return new RulesExamination(subject.store(), access, buckets, new Patience(subject.limit()));
  }

  private static Finding notAsked(String why, String remedy) {
    return Finding.note(Check.BUCKET, "S3 was not asked anything: " + why + ".", remedy);
  }

  private static void run(Examination examination, Consumer<Finding> to) {
    try {
      examination.run(to);
    } catch (StoreException fault) {
      to.accept(StoreTrouble.finding(examination.check(), fault));
    } catch (IOException fault) {
      to.accept(unfinished(examination.check(), fault));
    } catch (UncheckedIOException fault) {
      to.accept(unfinished(examination.check(), fault.getCause()));
    }
  }

  private static Finding unfinished(Check check, IOException fault) {
    return Finding.problem(
        check,
        "This could not be looked at: " + fault + ".",
        "Check the drive and the permissions of the files that the message names, then run vat"
            + " doctor again.");
  }
}
