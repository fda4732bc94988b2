package dev.vat.cli;

import dev.vat.cloud.ETag;
import dev.vat.disk.FolderEvents;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.staging.RepositoryListing;
import dev.vat.staging.StagedFolders.Staged;
import dev.vat.staging.TeamNews;
import dev.vat.state.Base;
import dev.vat.state.BusyException;
import dev.vat.state.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The work of `watch`, pass by pass: looks into the folders, sends what has come to rest, asks S3
/// now and then, and says how long to wait before the next pass.
///
/// It remembers the files and objects that there are, and what is still to be done; nothing that is
/// gone. Passes are for one thread.
final class WatchLoop {
  /// A pass comes this much too late only when the computer slept or its clock was set.
  private static final Duration LATE = Duration.ofSeconds(30);

  /// Whatever is due, there is no hurry.
  private static final Duration SHORTEST = Duration.ofMillis(250);

  /// What the user asked for.
  ///
  /// @param settle how long a file must have been still
  /// @param poll how often S3 is asked
  /// @param pull whether what teammates add is fetched
  /// @param wanted which projects
  record Wishes(Duration settle, Duration poll, boolean pull, Predicate<ProjectId> wanted) {}

  /// News that were not dealt with yet.
  ///
  /// @param told whether they were told, and only fetching is left
  private record News(SortedMap<RelativeName, ETag> names, boolean told) {}

  private final Wishes wishes;
  private final CollabAccess access;
  private final Invocation invocation;
  private final WatchReport report;
  private final WatchedProject.Transfers transfers;
  private final InstantSource clock;
  private final WatchedFolders folders;
  private final TeamNews team;
  private final Retry line;
  private final Map<ProjectId, Retry> projects = new HashMap<>();
  private final SortedMap<ProjectId, News> news = new TreeMap<>();
  private Instant nextPoll = Instant.MIN;
  private Instant lastPass = Instant.MIN;
  private Duration pause = Duration.ZERO;

  WatchLoop(
      Wishes wishes,
      Invocation invocation,
      CollabAccess access,
      FolderEvents events,
      WatchedProject.Transfers transfers) {
    this.wishes = wishes;
    this.invocation = invocation;
    this.access = access;
    this.transfers = transfers;
    this.clock = invocation.surroundings().clock();
    this.report = new WatchReport(invocation);
    this.folders = new WatchedFolders(wishes, access, events, report, clock);
    this.team = new TeamNews(access.collab().repositoryPrefix());
    this.line = new Retry(wishes.poll());
  }

  /// One pass.
  ///
  /// @return how long to wait before the next one, at most
  /// @throws IOException at the first pass only: when S3 does not take who this is, or does not
  ///     know the bucket, waiting does not help
  Duration pass() throws IOException {
    Instant now = clock.instant();
    if (isGap(now)) {
      line.atOnce();
      projects.values().forEach(Retry::atOnce);
      nextPoll = Instant.MIN;
    }
    folders.look(now);
    Optional<RepositoryListing> listed = line.mayTry(now) ? poll(now) : Optional.empty();
    // First what the listing is still right about: sending changes what S3 holds.
    if (line.mayTry(now)) {
      receive(listed);
    }
    if (line.mayTry(now)) {
      send();
    }
    lastPass = clock.instant();
    pause = pause(lastPass);
    return pause;
  }

  private boolean isGap(Instant now) {
    return now.isBefore(lastPass)
        || !lastPass.equals(Instant.MIN) && now.isAfter(lastPass.plus(pause).plus(LATE));
  }

  /// Whether a change in the folders is worth a pass of its own, or the next one comes soon enough.
  boolean waitsForChanges() {
    return folders.waitForChanges();
  }

  /// @return what S3 holds, when it was time to ask
  private Optional<RepositoryListing> poll(Instant now) throws IOException {
    if (now.isBefore(nextPoll)) {
      return Optional.empty();
    }
    nextPoll = now.plus(wishes.poll());
    try {
      RepositoryListing listed =
          RepositoryListing.of(access.store(), access.collab().repositoryPrefix());
      worked();
      report.lasting(null, "listing", List.of());
      takeIn(team.since(listed));
      return Optional.of(listed);
    } catch (IOException fault) {
      if (lastPass.equals(Instant.MIN) && Faults.of(fault).exit() == ExitCode.USAGE) {
        throw fault;
      }
      failed("listing", fault);
      return Optional.empty();
    }
  }

  private void takeIn(SortedMap<ProjectId, SortedMap<RelativeName, ETag>> listed) {
    listed.keySet().removeIf(project -> !wishes.wanted().test(project));
    if (!listed.isEmpty()) {
      try (State state = access.state()) {
        String place = access.place(listed.firstKey()).placeId();
        for (Map.Entry<ProjectId, SortedMap<RelativeName, ETag>> one : listed.entrySet()) {
          Map<RelativeName, Base> agreed = state.bases().of(place, one.getKey());
          one.getValue()
              .entrySet()
              .removeIf(file -> isAgreed(agreed.get(file.getKey()), file.getValue()));
        }
      } catch (IOException fault) {
        // Then each of these projects is looked at, which tells the same.
        report.lasting(null, "state", List.of(WatchReport.words(fault)));
      }
    }
    listed.values().removeIf(SortedMap::isEmpty);
    listed.forEach(this::add);
  }

  /// What this computer sent or fetched itself is no news.
  private static boolean isAgreed(Base base, ETag version) {
    return base != null && base.etag().equals(version.value());
  }

  private void add(ProjectId project, SortedMap<RelativeName, ETag> names) {
    SortedMap<RelativeName, ETag> all = new TreeMap<>(names);
    News waiting = news.get(project);
    if (waiting != null) {
      waiting.names().forEach(all::putIfAbsent);
    }
    news.put(project, new News(all, false));
  }

  private void send() {
    SortedMap<ProjectId, List<Staged>> ready = folders.ready();
    projects.keySet().removeIf(id -> !ready.containsKey(id) && !news.containsKey(id));
    ready.forEach(
        (project, files) -> {
          if (mayTry(project)) {
            attempt(
                project,
                "send " + project,
                () -> {
                  WatchedProject.Result result = watched(project).send(files);
                  folders.done(result.dealtWith());
                  return result;
                },
                () -> folders.done(files));
          }
        });
  }

  /// @param listed what S3 holds, when that was just asked
  private void receive(Optional<RepositoryListing> listed) {
    for (Map.Entry<ProjectId, News> one : List.copyOf(news.entrySet())) {
      ProjectId project = one.getKey();
      if (mayTry(project)) {
        attempt(
            project,
            "receive " + project,
            () -> {
              WatchedProject.Result result =
                  watched(project)
                      .receive(
                          one.getValue().names(),
                          listed.map(all -> all.of(project)),
                          !one.getValue().told(),
                          wishes.pull());
              if (result.fault().isEmpty()) {
                news.remove(project);
              } else {
                news.put(project, new News(one.getValue().names(), true));
              }
              return result;
            },
            () -> news.remove(project));
      }
    }
  }

  private WatchedProject watched(ProjectId project) {
    return new WatchedProject(invocation, access, project, report, transfers);
  }

  private boolean mayTry(ProjectId project) {
    Instant now = clock.instant();
    return line.mayTry(now)
        && (!projects.containsKey(project) || projects.get(project).mayTry(now));
  }

  private interface Attempt {
    WatchedProject.Result run() throws IOException;
  }

  /// @param giveUp when it will not work by waiting
  private void attempt(ProjectId project, String subject, Attempt attempt, Runnable giveUp) {
    try {
      WatchedProject.Result result = attempt.run();
      if (result.fault().isPresent()) {
        failed(project, subject, result.fault().get(), result.remarks());
      } else {
        report.lasting(project, subject, result.remarks());
        projects.remove(project);
        worked();
      }
    } catch (BusyException busy) {
      // Another command is at work there, and says itself what it does.
      retryOf(project).failed(clock.instant());
    } catch (IOException fault) {
      failed(project, subject, fault, List.of());
    } catch (CommandFailure noSharing) {
      report.lasting(project, subject, List.of(WatchReport.words(noSharing)));
      giveUp.run();
    }
  }

  private Retry retryOf(ProjectId project) {
    return projects.computeIfAbsent(project, _ -> new Retry(wishes.poll()));
  }

  /// @param remarks what there is to say of single files; where there is nothing, the fault is told
  private void failed(ProjectId project, String subject, IOException fault, List<String> remarks) {
    boolean isLine = WatchedProject.isLine(fault);
    report.lasting(
        project,
        subject,
        remarks.isEmpty() && !isLine ? List.of(WatchReport.words(fault)) : remarks);
    if (isLine) {
      failed(subject, fault);
    } else {
      retryOf(project).failed(clock.instant());
    }
  }

  private void failed(String subject, IOException fault) {
    if (!WatchedProject.isLine(fault)) {
      report.lasting(null, subject, List.of(WatchReport.words(fault)));
    } else if (line.failed(clock.instant())) {
      report.offline(Faults.of(fault));
    }
  }

  private void worked() {
    if (line.worked()) {
      report.online();
    }
  }

  private Duration pause(Instant now) {
    Duration shortest = Duration.between(now, nextPoll);
    if (!line.left(now).isZero()) {
      shortest = line.left(now);
    }
    for (Retry retry : projects.values()) {
      shortest = shorter(shortest, retry.left(now));
    }
    shortest = shorter(shortest, folders.untilNextLook());
    return shortest.compareTo(SHORTEST) < 0 ? SHORTEST : shortest;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
