package dev.vat.lifecycle;

import dev.vat.disk.ContentHasher;
import dev.vat.disk.CopiedFile;
import dev.vat.disk.CopyProblem;
import dev.vat.disk.DeviceDigests;
import dev.vat.disk.Durability;
import dev.vat.disk.FileChangedException;
import dev.vat.disk.FileCopying;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.FileStamps;
import dev.vat.disk.Hashed;
import dev.vat.disk.Replaced;
import dev.vat.disk.TemporaryName;
import dev.vat.disk.TreeCopied;
import dev.vat.disk.TreeCopy;
import dev.vat.lifecycle.LightPlan.Content;
import dev.vat.mhl.Digest;
import dev.vat.mhl.FileDigests;
import dev.vat.mhl.HashFormat;
import dev.vat.mhl.MhlException;
import dev.vat.mhl.MhlLayout;
import dev.vat.mhl.Recorded;
import dev.vat.progress.Progress;
import dev.vat.project.ContentHash;
import dev.vat.project.DiskSpelling;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.FileStamp;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectTree;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import dev.vat.state.PulledFiles.Pulled;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Brings the light files of copies on drives into `archived/`, by content: what is missing comes,
/// what the drive has another version of is replaced only while it is still what last came from
/// there, and everything else is left alone. Deletes nothing.
public final class LightFiles {
  private final Path repository;
  private final FileKinds kinds;
  private final State state;
  private final InstantSource clock;
  private final ContentHasher hasher = new ContentHasher();
  private final DeviceDigests reading = new DeviceDigests();
  private final FilePlacement placement = FilePlacement.ofThisSystem();

  /// @param repository the repository's folder
  /// @param state remembers what came; a copy of it for a dry run
  public LightFiles(Path repository, FileKinds kinds, State state, InstantSource clock) {
    this.repository = repository;
    this.kinds = kinds;
    this.state = state;
    this.clock = clock;
  }

  /// How one file's step ended.
  ///
  /// @param problem why it did not come; empty when it did
  /// @param aside where the replaced file is; empty when there was none
  /// @param conflict whether a person has to decide
  public record Outcome(
      TreeFile file, Optional<String> problem, Optional<Path> aside, boolean conflict) {
    static Outcome done(TreeFile file, Optional<Path> aside) {
      return new Outcome(file, Optional.empty(), aside, false);
    }

    static Outcome not(TreeFile file, String why) {
      return new Outcome(file, Optional.of(why), Optional.empty(), false);
    }

    static Outcome conflict(TreeFile file, String why) {
      return new Outcome(file, Optional.of(why), Optional.empty(), true);
    }
  }

  /// Looks at both sides. Reads only what has the same name on both.
  ///
  /// @param source the project's folder on the drive
  /// @param target its folder below `archived/`; it need not exist
  /// @throws IOException when the drive's folder cannot be listed, or a file cannot be read
  public LightPlan plan(ProjectId project, Path source, Path target) throws IOException {
    List<TreeFile> light = new ArrayList<>();
    List<TreeRemark> remarks = new ArrayList<>();
    new ProjectTree(source, kinds).walk(new LightOnly(light, remarks));
    Map<RelativeName, Pulled> pulled = state.pulled().of(project);
    CopyHistory said = said(source);
    List<LightPlan.Step> steps = new ArrayList<>();
    Map<RelativeName, Pulled> same = new HashMap<>();
    for (TreeFile file : light) {
      Path here = DiskSpelling.below(target, file.name());
      if (Files.notExists(here, LinkOption.NOFOLLOW_LINKS)) {
        steps.add(unlessDamaged(new LightPlan.Step.New(file), here, said));
      } else if (!Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)) {
        steps.add(new LightPlan.Step.Conflict(file, here, "a folder or a link has its name here"));
      } else {
        Content there = content(file.stamp());
        Optional<LightPlan.Step> step =
            LightPlan.step(
                file,
                here,
                there,
                content(FileStamps.of(here)),
                Optional.ofNullable(pulled.get(file.name())));
        if (step.isPresent()) {
          steps.add(unlessDamaged(step.get(), here, said));
        } else {
          same.put(file.name(), new Pulled(there.md5(), there.sizeBytes()));
        }
      }
    }
    return new LightPlan(project, source, target, steps, same, remarks);
  }

  /// One that cannot be trusted tells nothing, and keeps nothing back.
  private static CopyHistory said(Path source) throws IOException {
    try {
      return CopyHistory.of(source);
    } catch (MhlException untrusted) {
      return CopyHistory.none();
    }
  }

  /// What is damaged on the drive takes the place of nothing here, nor passes for what was there.
  /// What somebody wrote to has another time than its history says, and comes.
  private LightPlan.Step unlessDamaged(LightPlan.Step step, Path here, CopyHistory said)
      throws IOException {
    TreeFile file = step.file();
    Optional<Recorded> recorded = Optional.ofNullable(said.files().get(file.name()));
    if (recorded.isEmpty()
        || !said.canProve(file.name())
        || step instanceof LightPlan.Step.Conflict) {
      return step;
    }
    Map<HashFormat, Digest> digests = new EnumMap<>(HashFormat.class);
    reading
        .plainly(file.path(), Progress.none().begin("", -1))
        .digests()
        .asList()
        .forEach(digest -> digests.put(digest.format(), digest));
    return Judgement.of(file, recorded, digests) == Verdict.DAMAGED
        ? new LightPlan.Step.Conflict(
            file,
            here,
            "it is damaged on the drive: not what its checksum history says (vat verify --repair)")
        : step;
  }

  private final class LightOnly implements TreeVisitor {
    private final List<TreeFile> light;
    private final List<TreeRemark> remarks;

    LightOnly(List<TreeFile> light, List<TreeRemark> remarks) {
      this.light = light;
      this.remarks = remarks;
    }

    @Override
    public void file(TreeFile file) {
      if (!MhlLayout.isHistory(file.name())
          && kinds.of(file.name(), file.sizeBytes()) == FileKind.LIGHT) {
        light.add(file);
      }
    }

    @Override
    public void remark(TreeRemark remark) {
      remarks.add(remark);
    }
  }

  private Content content(FileStamp stamp) throws IOException {
    Optional<ContentHash> known = state.hashes().trusted(stamp);
    if (known.isPresent()) {
      return new Content(known.get().sizeBytes(), known.get().md5());
    }
    Instant began = clock.instant();
    Hashed hashed = hasher.hash(stamp.path(), Progress.none().begin("", -1));
    state.hashes().remember(hashed.stamp(), hashed.content(), began);
    return new Content(hashed.content().sizeBytes(), hashed.content().md5());
  }

  /// Does what a plan says. Each file stands alone; one that fails leaves the others.
  ///
  /// @param aside where a replaced file goes
  /// @return one for each step
  public List<Outcome> apply(LightPlan plan, Repair.Aside aside, Progress progress)
      throws IOException {
    requireOwnFolders(plan.target());
    state.pulled().remember(plan.project(), plan.same());
    Map<RelativeName, Outcome> outcomes = new TreeMap<>();
    List<TreeFile> missing = new ArrayList<>();
    for (LightPlan.Step step : plan.steps()) {
      switch (step) {
        case LightPlan.Step.New fresh -> missing.add(fresh.file());
        case LightPlan.Step.Conflict conflict ->
            outcomes.put(conflict.file().name(), Outcome.conflict(conflict.file(), conflict.why()));
        case LightPlan.Step.Update update ->
            outcomes.put(update.file().name(), update(plan.project(), update, aside));
      }
    }
    if (!missing.isEmpty()) {
      Durability.createFolders(plan.target());
      bring(plan, missing, progress, outcomes);
    }
    return List.copyOf(outcomes.values());
  }

  private void bring(
      LightPlan plan,
      List<TreeFile> missing,
      Progress progress,
      Map<RelativeName, Outcome> outcomes)
      throws IOException {
    TreeCopied copied = TreeCopy.ofThisSystem().complete(plan.target(), missing, progress);
    Map<RelativeName, Pulled> came = new HashMap<>();
    for (CopiedFile file : copied.files()) {
      came.put(file.name(), new Pulled(file.digests().md5(), file.digests().sizeBytes()));
    }
    state.pulled().remember(plan.project(), came);
    for (TreeFile file : missing) {
      outcomes.put(
          file.name(),
          came.containsKey(file.name())
              ? Outcome.done(file, Optional.empty())
              : notCopied(file, copied.problems()));
    }
  }

  /// What ended everything concerns each file that did not come.
  private static Outcome notCopied(TreeFile file, List<CopyProblem> problems) {
    for (CopyProblem problem : problems) {
      switch (problem) {
        case CopyProblem.Different different when different.name().equals(file.name()) -> {
          return Outcome.conflict(file, problem.message());
        }
        case CopyProblem.InTheWay way when way.name().equals(file.name()) -> {
          return Outcome.conflict(file, problem.message());
        }
        case CopyProblem.SourceChanged changed when changed.name().equals(file.name()) -> {
          return Outcome.not(file, problem.message());
        }
        case CopyProblem.Failed failed when failed.name().equals(file.name()) -> {
          return Outcome.not(file, problem.message());
        }
        case CopyProblem.Damaged damaged when damaged.name().equals(file.name()) -> {
          return Outcome.not(file, problem.message());
        }
        case CopyProblem.NameRefused refused
            when refused.problem().names().contains(file.name()) -> {
          return Outcome.not(file, problem.message());
        }
        case CopyProblem other when other.endsEverything() -> {
          return Outcome.not(file, problem.message());
        }
        case CopyProblem _ -> {
          // Another file's.
        }
      }
    }
    return Outcome.not(file, "it was not begun, because others could not be copied");
  }

  private Outcome update(ProjectId project, LightPlan.Step.Update update, Repair.Aside aside)
      throws IOException {
    TreeFile file = update.file();
    Path part = TemporaryName.resumable(update.here(), "light");
    try {
      FileDigests digests =
          new FileCopying().copy(file.stamp(), part, Progress.none().begin("", -1));
      if (!digests.md5().equals(update.now())) {
        return Outcome.not(file, "it changed on the drive meanwhile; run again");
      }
      Replaced replaced =
          placement.replace(
              part,
              update.here(),
              aside.reserve(file.name()),
              moved ->
                  hasher
                      .hash(moved, Progress.none().begin("", -1))
                      .content()
                      .md5()
                      .equals(update.pulled()));
      return switch (replaced) {
        case Replaced.Done done -> {
          state
              .pulled()
              .remember(
                  project, Map.of(file.name(), new Pulled(digests.md5(), digests.sizeBytes())));
          yield Outcome.done(file, Optional.of(done.aside()));
        }
        case Replaced.NotTheSame _, Replaced.Taken _ ->
            Outcome.conflict(file, "it was edited here just now");
      };
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (FileChangedException moving) {
      return Outcome.not(file, "it changed on the drive meanwhile; run again");
    } catch (FileSystemException fault) {
      return Outcome.not(file, Verification.reason(fault));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Nothing is written through a link: what is below it is not the repository's.
  private void requireOwnFolders(Path target) throws IOException {
    for (Path above = target; !above.equals(repository); above = above.getParent()) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(
            above.toString(), null, "it is a link or a file where a folder has to be");
      }
    }
  }
}
