package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.CloudThaw;
import dev.vat.catalog.ProjectEntry;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.ThawTier;
import dev.vat.cost.Prices;
import dev.vat.lifecycle.CloudArchive;
import dev.vat.lifecycle.ThawStanding;
import dev.vat.lifecycle.Thawing;
import dev.vat.project.ProjectId;
import dev.vat.state.ProjectLock;
import dev.vat.state.RememberedThaw;
import dev.vat.state.State;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Looks, prices, asks, and tells how thaws stand: for every command that meets something frozen.
final class ThawRun implements AutoCloseable {
  private static final String NAME = "vat thaw";

  /// What was asked for.
  ///
  /// @param archive the file name of the one that is meant; empty when none was given
  /// @param target where the project is to be brought afterwards, in the words of `--to`
  record Wishes(
      Optional<String> archive,
      ThawTier tier,
      int days,
      String target,
      boolean dryRun,
      boolean yes) {}

  private final ArchiveAccess access;
  private final State state;
  private final Thawing thawing;
  private final ThawLook look;
  private final Console console;
  private final boolean closes;

  private ThawRun(ArchiveAccess access, State state, boolean closes) {
    this.access = access;
    this.closes = closes;
    this.state = state;
    this.console = access.invocation().console();
    this.thawing =
        new Thawing(
            access.store(),
            new Thawing.Archive(
                access.placeId(), access.place().prefix(), access.repo(), access.user().name()),
            state.thaws(),
            access.invocation().surroundings().clock());
    this.look = new ThawLook(access, thawing);
  }

  /// @param looks whether nothing may be written
  static ThawRun open(Invocation invocation, CurrentRepository context, boolean looks)
      throws IOException {
    ArchiveAccess access = ArchiveAccess.open(invocation, context, OptionalLong.empty());
    try {
      return new ThawRun(access, looks ? access.stateForLooking() : access.state(), true);
    } catch (IOException | RuntimeException e) {
      access.close();
      throw e;
    }
  }

  /// On a bucket that is open already, and stays so.
  static ThawRun with(ArchiveAccess access, boolean looks) throws IOException {
    return new ThawRun(access, looks ? access.stateForLooking() : access.state(), false);
  }

  /// @param words projects; none means every one whose thaw is known of
  /// @param looks whether S3 is only to be asked how it stands
  /// @param waits whether to stay until all can be read
  ExitCode of(List<String> words, Wishes wishes, boolean looks, boolean waits)
      throws IOException, InterruptedException {
    ThawReport report = report(wishes);
    List<ThawLook.Looked> all;
    if (looks) {
      all = words.isEmpty() ? look.known() : look.all(words, wishes.archive(), report);
      for (ThawLook.Looked one : all) {
        report.standing(one, look.noted(one));
      }
    } else {
      all = look.chosen(words, wishes.archive(), NAME, report);
      ask(all, wishes, report);
    }
    if (waits) {
      await(all, report);
    }
    return report.end(words.isEmpty());
  }

  /// For a command that goes on with one project once its archive can be read.
  ///
  /// @return empty when it can be; else how it ended, with everything told
  Optional<ExitCode> readable(String word, Wishes wishes, boolean waits)
      throws IOException, InterruptedException {
    ThawReport report = report(wishes);
    List<ThawLook.Looked> all =
        look.chosen(List.of(word), wishes.archive(), RestoreRun.NAME + " --glacier", report);
    if (!all.isEmpty()
        && all.stream().allMatch(one -> one.archive().object().thaw().isReadable())) {
      return Optional.empty();
    }
    ask(all, wishes, report);
    if (waits && !all.isEmpty() && look.again(all).stream().allMatch(ThawLook.Looked::isComing)) {
      await(all, report);
      return Optional.empty();
    }
    return Optional.of(report.end(false));
  }

  /// Tells what it would take to read an archive that is frozen. Nothing is asked for.
  ///
  /// @return how it stands
  ThawStanding told(CloudArchive archive, Wishes wishes) throws IOException {
    ThawLook.Looked one = new ThawLook.Looked(archive, thawing.standing(archive.object()));
    if (one.isToAsk(wishes.tier())) {
      new ThawOffer(console, prices(), wishes.days()).print(List.of(one));
    } else {
      report(wishes).standing(one, look.noted(one));
    }
    return one.standing();
  }

  /// Where a thawed project was meant to go, if that was said here.
  Optional<String> target(ObjectSummary object) throws IOException {
    return state
        .thaws()
        .find(access.placeId(), object.key())
        .filter(asked -> asked.etag().equals(object.etag().value()))
        .map(RememberedThaw::target)
        .filter(target -> !target.isEmpty());
  }

  /// Forgets a thaw whose project is home. That it cannot be forgotten is a remark: nothing but a
  /// note stays behind.
  void done(ProjectId project, ObjectFacts facts) throws IOException {
    try {
      thawing.done(facts.summary());
    } catch (StoreException e) {
      console.note("The note of its thaw stays in the bucket: " + Faults.of(e).getMessage());
    }
  }

  private ThawReport report(Wishes wishes) throws IOException {
    return new ThawReport(console, access, wishes, now(), prices());
  }

  private Optional<Prices> prices() throws IOException {
    return PriceFiles.of(access.invocation()).in(access.context().settings());
  }

  private Instant now() {
    return access.invocation().surroundings().clock().instant();
  }

  private void ask(List<ThawLook.Looked> all, Wishes wishes, ThawReport report) throws IOException {
    List<ThawLook.Looked> frozen = new ArrayList<>();
    for (ThawLook.Looked one : all) {
      if (one.isToAsk(wishes.tier())) {
        frozen.add(one);
      } else {
        if (one.standing() instanceof ThawStanding.UnderWay && !wishes.dryRun()) {
          join(one.archive(), wishes);
        }
        report.standing(one, look.noted(one));
      }
    }
    if (frozen.isEmpty()) {
      return;
    }
    for (ThawLook.Looked one : frozen) {
      requireOffered(one, wishes.tier());
    }
    report.offer(frozen);
    if (wishes.dryRun() || !confirmed(frozen, wishes)) {
      return;
    }
    for (ThawLook.Looked one : frozen) {
      ask(one, wishes, report);
    }
  }

  private static void requireOffered(ThawLook.Looked one, ThawTier tier) {
    if (tier.typicalWait(one.archive().object().storageClass()).isEmpty()) {
      throw CommandFailure.usage(
          "S3 does not thaw "
              + one.archive().object().storageClass()
              + " by the tier "
              + tier.word()
              + " ("
              + Printable.of(one.archive().project().value())
              + ")",
          "write --tier standard or --tier bulk");
    }
  }

  private boolean confirmed(List<ThawLook.Looked> frozen, Wishes wishes) throws IOException {
    boolean yes =
        console
            .questions(wishes.yes())
            .confirm(
                "Ask S3 to thaw "
                    + ThawReport.amount(frozen)
                    + " by "
                    + wishes.tier().word()
                    + " for "
                    + Counts.of(wishes.days(), "day")
                    + "?");
    if (!yes) {
      console.line("Nothing was asked for.");
    }
    return yes;
  }

  /// That a note cannot be written is a remark: the thaw goes on, and S3 tells how it stands.
  private void join(CloudArchive archive, Wishes wishes) throws IOException {
    if (wishes.tier().typicalWait(archive.object().storageClass()).isEmpty()) {
      return;
    }
    try (ProjectLock _ = access.lock(archive.project(), NAME)) {
      thawing.join(wish(archive, wishes));
    } catch (StoreException e) {
      console.note("Teammates are not told who asked for it: " + Faults.of(e).getMessage());
    }
  }

  private static Thawing.Wish wish(CloudArchive archive, Wishes wishes) {
    return new Thawing.Wish(
        archive.project(), archive.object(), wishes.tier(), wishes.days(), wishes.target());
  }

  private void ask(ThawLook.Looked one, Wishes wishes, ThawReport report) throws IOException {
    CloudArchive archive = one.archive();
    try (ProjectLock _ = access.lock(archive.project(), NAME)) {
      Thawing.Asked asked = thawing.ask(wish(archive, wishes));
      report.asked(one, asked);
      remember(archive, asked);
    } catch (IOException e) {
      report.failed(one, e);
      if (Faults.concernsAll(e)) {
        throw e;
      }
    }
  }

  /// Where the manifest knows the archive, it knows of the thaw as well.
  private void remember(CloudArchive archive, Thawing.Asked asked) throws IOException {
    if (!(asked instanceof Thawing.Asked.Begun begun)) {
      return;
    }
    CloudThaw thaw =
        new CloudThaw(
            CloudThaw.State.IN_PROGRESS,
            Optional.of(now()),
            Optional.of(begun.readyBy()),
            Optional.empty());
    KnownDrives.update(
        access.invocation(), access.context(), NAME, before -> with(before, archive, thaw));
  }

  private static Catalog with(Catalog before, CloudArchive archive, CloudThaw thaw) {
    ProjectEntry entry = before.projects().get(archive.project());
    Optional<CloudCopy> known =
        entry == null
            ? Optional.empty()
            : entry.cloud().stream().filter(copy -> copy.key().equals(archive.key())).findFirst();
    return known
        .map(copy -> before.withCloud(archive.project(), copy.thawing(thaw)))
        .orElse(before);
  }

  private void await(List<ThawLook.Looked> all, ThawReport report)
      throws IOException, InterruptedException {
    new ThawWait(look, access.invocation().services(), access.invocation().surroundings().clock())
        .until(all, NAME, report);
  }

  @Override
  public void close() throws IOException {
    try {
      state.close();
    } finally {
      if (closes) {
        access.close();
      }
    }
  }
}
