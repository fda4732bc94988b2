package dev.vat.cli;

import dev.vat.disk.FilePlacement;
import dev.vat.disk.KeptFile;
import dev.vat.disk.PutAside;
import dev.vat.project.Closest;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectKind;
import dev.vat.settings.Setting;
import dev.vat.staging.KeptObject;
import dev.vat.staging.KeptObjects;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// All that is kept of a repository: on this computer, and in S3 where a bucket is set.
final class KeptFiles implements AutoCloseable {
  private final CurrentRepository context;
  private final PutAside here;
  private final Optional<CollabAccess> access;

  private KeptFiles(CurrentRepository context, PutAside here, Optional<CollabAccess> access) {
    this.context = context;
    this.here = here;
    this.access = access;
  }

  /// One kept file, wherever it is.
  sealed interface Kept {
    String id();

    long sizeBytes();

    ProjectId project();

    Instant keptAt();

    record Here(KeptFile file) implements Kept {
      @Override
      public String id() {
        return file.id();
      }

      @Override
      public long sizeBytes() {
        return file.stamp().sizeBytes();
      }

      /// Of what was in `archived/`, the project that it is of: its lock is the one that a command
      /// holds which has put the file aside, and has not decided yet.
      @Override
      public ProjectId project() {
        String[] parts = file.name().value().split("/");
        int at = ProjectKind.isRangeFolder(parts[0]) ? 1 : 0;
        return file.project().value().equalsIgnoreCase("archived")
                && at < parts.length - 1
                && !parts[at].startsWith(".")
            ? new ProjectId(parts[at])
            : file.project();
      }

      @Override
      public Instant keptAt() {
        return file.keptAt();
      }
    }

    record InS3(KeptObject object) implements Kept {
      @Override
      public String id() {
        return object.id();
      }

      @Override
      public long sizeBytes() {
        return object.sizeBytes();
      }

      @Override
      public ProjectId project() {
        return object.project();
      }

      @Override
      public Instant keptAt() {
        return object.keptAt();
      }
    }
  }

  /// @param onlyHere whether S3 is left out
  static KeptFiles open(Invocation invocation, boolean onlyHere) throws IOException {
    CurrentRepository context = CurrentRepository.require(invocation);
    PutAside here = new PutAside(context.repository().root(), FilePlacement.ofThisSystem());
    boolean bucket = context.settings().value(Setting.S3_COLLAB_BUCKET).isPresent();
    return new KeptFiles(
        context,
        here,
        bucket && !onlyHere
            ? Optional.of(CollabAccess.open(invocation, OptionalLong.empty()))
            : Optional.empty());
  }

  CurrentRepository context() {
    return context;
  }

  PutAside here() {
    return here;
  }

  /// @throws IllegalStateException when S3 was left out
  CollabAccess access() {
    return access.orElseThrow();
  }

  List<Kept> listHere() throws IOException {
    return here.list().stream().<Kept>map(Kept.Here::new).toList();
  }

  /// Empty when S3 is left out.
  List<Kept> listInS3() throws IOException {
    return access.isEmpty()
        ? List.of()
        : objects().list().stream().<Kept>map(Kept.InS3::new).toList();
  }

  KeptObjects objects() {
    CollabAccess open = access();
    return new KeptObjects(open.store(), open.keptPrefix());
  }

  /// Those that were named; all when none was.
  ///
  /// @throws CommandFailure (usage) when there is none of that name
  List<Kept> named(List<String> ids) throws IOException {
    List<Kept> all = new ArrayList<>(listHere());
    boolean wantsS3 = ids.isEmpty() || ids.stream().anyMatch(id -> id.startsWith("s3:"));
    if (wantsS3) {
      all.addAll(listInS3());
    }
    if (ids.isEmpty()) {
      return all;
    }
    List<Kept> named = new ArrayList<>();
    for (String id : ids) {
      named.add(named(id, all));
    }
    return named;
  }

  private static Kept named(String id, List<Kept> all) {
    return all.stream()
        .filter(kept -> kept.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "not_kept",
                    "nothing is kept as " + Printable.of(id),
                    Closest.of(id, all.stream().map(Kept::id).toList(), 1).stream()
                        .findFirst()
                        .map(near -> "did you mean " + Printable.of(near) + "?")
                        .orElse("vat kept list shows what there is")));
  }

  @Override
  public void close() {
    access.ifPresent(open -> open.store().close());
  }
}
