package dev.vat.cli;

import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.staging.RemoteFile;
import dev.vat.staging.StagedFile;
import dev.vat.staging.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `watch` says: a line with its time for each thing that happened, and with `--json` a JSON
/// object on a line of its own (docs/formats/watch.schema.json).
final class WatchReport {
  /// More of one person's files than these are told in one line.
  private static final int SINGLY = 5;

  private static final String SCHEMA = "vat.watch/1";

  private final Console console;
  private final Surroundings surroundings;
  private final DateTimeFormatter clock;
  private final ToldOnce once = new ToldOnce();
  private final LastTold conflicts = new LastTold();

  /// What was said last of each of the latest subjects; the older ones are forgotten.
  private static final class LastTold extends LinkedHashMap<String, String> {
    private static final long serialVersionUID = 1;
    private static final int MOST = 1000;

    private boolean isNew(String subject, String what) {
      return !what.equals(put(subject, what));
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
      return size() > MOST;
    }
  }

  WatchReport(Invocation invocation) {
    this.console = invocation.console();
    this.surroundings = invocation.surroundings();
    // On a screen today is meant; a log is read later.
    this.clock =
        DateTimeFormatter.ofPattern(
                surroundings.terminal().outIsTerminal() ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss")
            .withZone(surroundings.zone().get());
  }

  /// @param at UTC
  /// @param event what happened, one word
  /// @param project null when it is about none
  /// @param name the file; null when it is about none
  /// @param sizeBytes null when it is about no file
  /// @param by who it came from; null when that is not known or was this computer
  /// @param detail more for people; null where there is none
  private record Event(
      String event,
      Instant at,
      String project,
      String name,
      Long sizeBytes,
      String by,
      String detail) {}

  /// The watch has begun.
  void watching(String repository, int projects, boolean pull, Duration settle) {
    say(
        Symbol.STATUS,
        "Watching "
            + Printable.of(repository)
            + " ("
            + Counts.of(projects, "project")
            + " with an s3-staging folder). What is put into one goes to S3 when it has been still for "
            + Durations.of(settle)
            + (pull ? "; what teammates add comes here" : "")
            + ". Ctrl-C stops.");
    event("watching", null, null, null, null, null);
  }

  void uploaded(ProjectId project, StagedFile file, boolean changedSince) {
    String detail = changedSince ? "it has changed here since, and will be sent again" : null;
    say(
        Symbol.DONE,
        of(project, file, file.sizeBytes()) + " - uploaded" + (changedSince ? "; " + detail : ""));
    event("uploaded", project, file.name().value(), file.sizeBytes(), null, detail);
  }

  void downloaded(ProjectId project, StagedFile file, boolean olderIsKept) {
    RemoteFile remote = file.remote().orElseThrow();
    String detail = olderIsKept ? "the older one is kept: vat kept list" : null;
    say(
        Symbol.DONE,
        of(project, file, remote.sizeBytes())
            + " - downloaded"
            + (olderIsKept ? " (" + detail + ")" : ""));
    event(
        "downloaded",
        project,
        file.name().value(),
        remote.sizeBytes(),
        remote.uploadedBy().orElse(null),
        detail);
  }

  private static String of(ProjectId project, StagedFile file, long bytes) {
    return project(project)
        + "/"
        + Printable.of(file.name().value())
        + " ("
        + Sizes.of(bytes)
        + ")";
  }

  private static String project(ProjectId project) {
    return Printable.of(project.value());
  }

  /// What teammates put into S3, few files singly, many by person.
  ///
  /// @param pull whether it is going to be fetched right away
  void news(ProjectId project, List<StagedFile> files, boolean pull) {
    String next = pull ? "" : ": vat down " + project(project);
    Map<String, List<StagedFile>> byPerson = new LinkedHashMap<>();
    for (StagedFile file : files) {
      RemoteFile remote = file.remote().orElseThrow();
      String verb = file.standing() == Standing.ONLY_THERE ? "added" : "changed";
      String person = remote.uploadedBy().map(Printable::of).orElse("somebody outside vat");
      byPerson.computeIfAbsent(person + " " + verb, _ -> new ArrayList<>()).add(file);
      event(
          verb,
          project,
          file.name().value(),
          remote.sizeBytes(),
          remote.uploadedBy().orElse(null),
          null);
    }
    byPerson.forEach(
        (who, theirs) -> {
          if (theirs.size() <= SINGLY) {
            theirs.forEach(file -> newFile(who, file, project, next));
          } else {
            long bytes = theirs.stream().mapToLong(f -> f.remote().orElseThrow().sizeBytes()).sum();
            say(
                Symbol.DOWNLOAD,
                who
                    + " "
                    + theirs.size()
                    + " files ("
                    + Sizes.of(bytes)
                    + ") in "
                    + project(project)
                    + next);
          }
        });
  }

  private void newFile(String who, StagedFile file, ProjectId project, String next) {
    say(
        Symbol.DOWNLOAD,
        who
            + " "
            + Printable.of(file.name().value())
            + " ("
            + Sizes.of(file.remote().orElseThrow().sizeBytes())
            + ") "
            + (file.standing() == Standing.ONLY_THERE ? "to " : "in ")
            + project(project)
            + next);
  }

  /// Both sides changed; nothing was done, and nothing will be.
  void conflict(ProjectId project, StagedFile file) {
    if (!conflicts.isNew(project + "/" + file.name(), versions(file))) {
      return;
    }
    String name = Printable.of(file.name().value());
    say(
        Symbol.WARNING,
        project(project)
            + "/"
            + name
            + " differs from the one in S3"
            + file.remote()
                .flatMap(RemoteFile::uploadedBy)
                .map(by -> " (from " + Printable.of(by) + ")")
                .orElse("")
            + ". Nothing was overwritten; decide with: vat up "
            + project(project)
            + " "
            + Printable.of(ShellWord.of(file.name().value())));
    event(
        "conflict",
        project,
        file.name().value(),
        file.sizeBytes(),
        file.remote().flatMap(RemoteFile::uploadedBy).orElse(null),
        null);
  }

  /// Which two versions are in conflict: found again, by an upload and by a look at S3, it is the
  /// same conflict.
  private static String versions(StagedFile file) {
    return file.local().map(here -> here.content().md5().hex()).orElse("")
        + " "
        + file.remote().map(there -> there.etag().value()).orElse("");
  }

  /// What holds for a while and needs attention, or patience: said when it begins.
  ///
  /// @param project null when it is about none
  /// @param subject what is told, as one state that replaces the last one
  /// @param current all that is to be said of it now
  void lasting(ProjectId project, String subject, List<String> current) {
    once.news(subject, current).forEach(what -> trouble(project, what));
  }

  /// A fault and what to do about it.
  static String words(Throwable fault) {
    CommandFailure failure = Faults.of(fault);
    return Printable.of(failure.getMessage())
        + (failure.hint().isEmpty() ? "" : ". " + Printable.of(failure.hint()));
  }

  private void trouble(ProjectId project, String what) {
    say(Symbol.WARNING, (project == null ? "" : project(project) + ": ") + what);
    event("warning", project, null, null, null, what);
  }

  /// No file events, said once: the folders are looked at every few seconds.
  void scanning(String why, Duration every) {
    if (once.news("scanning", List.of(why)).isEmpty()) {
      return;
    }
    String detail = Printable.of(why);
    say(
        Symbol.WARNING,
        "Looking into the folders every " + Durations.of(every) + ", because " + detail + ".");
    event("scanning", null, null, null, null, detail);
  }

  void offline(CommandFailure failure) {
    String hint = failure.exit() == ExitCode.UNAVAILABLE ? "" : ". " + failure.hint();
    String detail = Printable.of(failure.getMessage()) + Printable.of(hint);
    say(Symbol.FAILED, detail + ". Nothing is lost: it is tried again until it works.");
    event("offline", null, null, null, null, detail);
  }

  void online() {
    say(Symbol.DONE, "S3 can be reached again.");
    event("online", null, null, null, null, null);
  }

  private void say(Symbol symbol, String text) {
    console.line(clock.format(now()) + " " + console.style().sign(symbol) + " " + text);
  }

  private void event(
      String event, ProjectId project, String name, Long bytes, String by, String detail) {
    console.event(
        SCHEMA,
        new Event(event, now(), project == null ? null : project.value(), name, bytes, by, detail));
  }

  private Instant now() {
    return surroundings.clock().instant();
  }
}
