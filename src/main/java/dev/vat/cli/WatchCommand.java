package dev.vat.cli;

import dev.vat.cloud.ObjectStore;
import dev.vat.disk.FolderEvents;
import dev.vat.project.ProjectId;
import dev.vat.staging.RepositoryListing;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat watch`: sends what is put into `s3-staging/`, and tells what teammates added, until it is
/// stopped.
@Command(
    description = {
      "Sends what is put into any s3-staging folder of this repository, once it",
      "has been still for a while; tells what teammates added. Runs until Ctrl-C."
    },
    footer = {
      "",
      "Examples:",
      "  vat watch                    all projects",
      "  vat watch b63 --pull         one project; also get what teammates add",
      "  vat watch --settle 1m        for programs that pause while they write",
    })
final class WatchCommand implements VatCommand {
  @Parameters(
      paramLabel = "PROJECT",
      arity = "0..*",
      description = "only these projects. Default: all of the repository")
  private List<String> words = List.of();

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = PauseConverter.class,
      description = "how long a file must be still first. Default: 10s")
  private Duration settle;

  @Option(
      names = "--poll",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = PauseConverter.class,
      description = "how often to ask S3. Default: 60s; at least 5s")
  private Duration poll;

  @Option(names = "--pull", description = "also get what teammates add or change")
  private boolean pull;

  @Mixin private TransferOptions transfer;
  @Mixin private OutputOptions output;

  private final WatchEnd end = new WatchEnd();

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode stop() {
    return end.request();
  }

  @Override
  public String whenStopped() {
    return end.isCut()
        ? "Stopped in the middle of a transfer. Nothing half-done is visible; vat watch or vat up"
            + " carries on."
        : "Stopped.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (poll.compareTo(Duration.ofSeconds(5)) < 0) {
      throw CommandFailure.usage(
          "--poll asks S3 at most every 5 seconds: each time is a request that is billed",
          "write for example --poll 30s");
    }
    CollabAccess access = CollabAccess.open(invocation, transfer.limitRate());
    try (ObjectStore _ = access.store();
        FolderEvents events = invocation.services().folderEvents()) {
      Set<ProjectId> named = named(invocation, access);
      WatchLoop loop =
          new WatchLoop(
              new WatchLoop.Wishes(settle, poll, pull, id -> named.isEmpty() || named.contains(id)),
              invocation,
              access,
              events,
              end);
      end.wakes(events::wake);
      while (!end.isRequested()) {
        Duration pause = loop.pass();
        if (!end.isRequested()) {
          events.await(pause, loop.waitsForChanges());
        }
      }
      return ExitCode.DONE;
    } finally {
      end.reached();
    }
  }

  private Set<ProjectId> named(Invocation invocation, CollabAccess access) throws IOException {
    Set<ProjectId> named = new HashSet<>();
    for (String word : words) {
      ChosenProject chosen =
          ChosenProject.of(
              List.of(word), access.context(), invocation.surroundings(), () -> inS3(access));
      if (!chosen.files().isEmpty()) {
        throw CommandFailure.unknownProject(word, List.of());
      }
      named.add(chosen.id());
    }
    return named;
  }

  private static Set<ProjectId> inS3(CollabAccess access) throws IOException {
    Set<ProjectId> ids = new HashSet<>();
    access
        .store()
        .listFolders(
            access.collab().repositoryPrefix(),
            folder -> RepositoryListing.projectOf(folder).ifPresent(ids::add));
    return ids;
  }
}
