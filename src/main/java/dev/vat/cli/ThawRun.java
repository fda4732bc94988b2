package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.CloudThaw;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.ThawNote;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.ThawTier;
import dev.vat.cost.Prices;
import dev.vat.lifecycle.ArchiveListing;
import dev.vat.lifecycle.CloudArchive;
import dev.vat.lifecycle.ThawStanding;
import dev.vat.lifecycle.Thawing;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.state.ProjectLock;
import dev.vat.state.RememberedThaw;
import dev.vat.state.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;

/// Looks, prices, asks, and tells how thaws stand: for every command that meets something frozen.
final class ThawRun implements AutoCloseable {
  private static final String NAME = "vat thaw";

  /// Thaws take hours; S3 bills each look, if little.
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);

  /// What was asked for.
  ///
  /// @param target where the project is to be brought afterwards, in the words of `--to`
  record Wishes(ThawTier tier, int days, String target, boolean dryRun, boolean yes) {}

  /// One archive, and how it stands.
  record Looked(CloudArchive archive, ThawStanding standing) {}

  private final ArchiveAccess access;
  private final State state;
  private final Thawing thawing;
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
    List<Looked> all = looked(words, report);
    if (looks) {
      for (Looked one : all) {
        report.standing(one, noted(one));
      }
    } else {
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
    List<Looked> all = looked(List.of(word), report);
    if (!all.isEmpty()
        && all.stream().allMatch(one -> one.archive().object().thaw().isReadable())) {
      return Optional.empty();
    }
    ask(all, wishes, report);
    if (waits && !all.isEmpty() && again(all).stream().allMatch(ThawRun::isComing)) {
      await(all, report);
      return Optional.empty();
    }
    return Optional.of(report.end(false));
  }

  private static boolean isComing(Looked one) {
    return switch (one.standing()) {
      case ThawStanding.Readable _, ThawStanding.UnderWay _, ThawStanding.Ready _ -> true;
      case ThawStanding.Frozen _, ThawStanding.Expired _, ThawStanding.NotBegun _ -> false;
    };
  }

  /// Tells what it would take to read an archive that is frozen. Nothing is asked for.
  ///
  /// @return how it stands
  ThawStanding told(CloudArchive archive, Wishes wishes) throws IOException {
    Looked one = new Looked(archive, thawing.standing(archive.object()));
    if (isToAsk(one, wishes.tier())) {
      new ThawOffer(console, prices(), wishes.days()).print(List.of(one));
    } else {
      report(wishes).standing(one, noted(one));
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
      thawing.done(project, facts);
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

  private List<Looked> looked(List<String> words, ThawReport report) throws IOException {
    ArchiveListing listing = ArchiveListing.of(access.store(), access.place().prefix());
    return words.isEmpty() ? known(listing) : named(listing, words, report);
  }

  /// By the listing alone, which tells thaws: 500 of them are one request.
  private List<Looked> known(ArchiveListing listing) throws IOException {
    List<Looked> all = new ArrayList<>();
    for (List<ArchiveListing.Found> project : listing.archives().values()) {
      for (ArchiveListing.Found found : project) {
        if (found.archive().isEmpty()) {
          continue;
        }
        ThawStanding standing = thawing.standing(found.archive().get());
        boolean known =
            !(standing instanceof ThawStanding.Readable || standing instanceof ThawStanding.Frozen);
        if (known) {
          all.add(new Looked(archive(found, found.archive().get()), standing));
        }
      }
    }
    return all;
  }

  /// What only a listing told.
  private static CloudArchive archive(ArchiveListing.Found found, ObjectSummary object) {
    ObjectFacts facts =
        new ObjectFacts(object, Map.of(), Optional.empty(), OptionalInt.empty(), false);
    return new CloudArchive(found.keys().project(), facts, found.toc().isPresent());
  }

  private List<Looked> named(ArchiveListing listing, List<String> words, ThawReport report)
      throws IOException {
    TreeSet<ProjectId> ids = new TreeSet<>(listing.archives().keySet());
    ids.addAll(new Projects(access.context().repository()).list().ids());
    List<ProjectId> chosen = new ArrayList<>();
    for (String word : words) {
      chosen.add(ChosenProject.among(word, ids, access.context()));
    }
    List<Looked> all = new ArrayList<>();
    for (ProjectId id : chosen.stream().distinct().toList()) {
      Optional<Looked> one = Optional.empty();
      for (ArchiveListing.Found found : listing.of(id)) {
        // One of another repository may have the key that counts, and ours a dated one beside it.
        if (one.filter(this::isOurs).isEmpty()) {
          Optional<Looked> next = looked(found);
          one = one.isPresent() && next.filter(this::isOurs).isEmpty() ? one : next;
        }
      }
      if (one.isEmpty()) {
        report.notThere(id);
      } else if (!isOurs(one.get())) {
        report.notOurs(one.get().archive());
      } else {
        all.add(one.get());
      }
    }
    return all;
  }

  private boolean isOurs(Looked one) {
    return one.archive().repository().filter(access.repo()::equals).isPresent();
  }

  private Optional<Looked> looked(ArchiveListing.Found found) throws IOException {
    if (found.archive().isEmpty()) {
      return Optional.empty();
    }
    Optional<ObjectFacts> facts = access.store().head(found.archive().get().key());
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    CloudArchive archive =
        new CloudArchive(found.keys().project(), facts.get(), found.toc().isPresent());
    return Optional.of(new Looked(archive, thawing.standing(archive.object())));
  }

  /// Who asked, where nobody did here.
  private Optional<ThawNote> noted(Looked one) throws IOException {
    boolean unknown =
        switch (one.standing()) {
          case ThawStanding.UnderWay underWay -> underWay.asked().isEmpty();
          case ThawStanding.Ready ready -> ready.asked().isEmpty();
          case ThawStanding.Readable _,
              ThawStanding.Frozen _,
              ThawStanding.Expired _,
              ThawStanding.NotBegun _ ->
              false;
        };
    return unknown
        ? thawing.noted(one.archive().project(), one.archive().object().etag())
        : Optional.empty();
  }

  private void ask(List<Looked> all, Wishes wishes, ThawReport report) throws IOException {
    List<Looked> frozen = new ArrayList<>();
    for (Looked one : all) {
      if (isToAsk(one, wishes.tier())) {
        frozen.add(one);
      } else {
        report.standing(one, noted(one));
      }
    }
    if (frozen.isEmpty()) {
      return;
    }
    for (Looked one : frozen) {
      requireOffered(one, wishes.tier());
    }
    report.offer(frozen);
    if (wishes.dryRun() || !confirmed(frozen, wishes)) {
      return;
    }
    for (Looked one : frozen) {
      ask(one, wishes, report);
    }
  }

  /// Also one under way that was asked for here by a slower tier: it gets faster.
  private static boolean isToAsk(Looked one, ThawTier tier) {
    return switch (one.standing()) {
      case ThawStanding.Frozen _, ThawStanding.Expired _, ThawStanding.NotBegun _ -> true;
      case ThawStanding.Readable _, ThawStanding.Ready _ -> false;
      case ThawStanding.UnderWay underWay ->
          underWay
              .asked()
              .flatMap(asked -> ThawTier.named(asked.tier()))
              .filter(before -> tier.compareTo(before) < 0)
              .isPresent();
    };
  }

  private static void requireOffered(Looked one, ThawTier tier) {
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

  private boolean confirmed(List<Looked> frozen, Wishes wishes) throws IOException {
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

  private void ask(Looked one, Wishes wishes, ThawReport report) throws IOException {
    CloudArchive archive = one.archive();
    try (ProjectLock _ = access.lock(archive.project(), NAME)) {
      Thawing.Asked asked =
          thawing.ask(
              new Thawing.Wish(
                  archive.project(),
                  archive.object(),
                  wishes.tier(),
                  wishes.days(),
                  wishes.target()));
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

  /// Stays until none is under way any more.
  private void await(List<Looked> all, ThawReport report) throws IOException, InterruptedException {
    List<Looked> left = new ArrayList<>(all);
    Instant begun = now();
    try (KeepAwake.Handle _ = access.invocation().services().keepAwake().begin(NAME)) {
      while (!left.isEmpty()) {
        List<Looked> still = new ArrayList<>();
        for (Looked one : again(left)) {
          if (one.standing() instanceof ThawStanding.UnderWay) {
            still.add(one);
          } else {
            report.standing(one, Optional.empty());
          }
        }
        left = still;
        if (!left.isEmpty()) {
          Duration waited = Duration.between(begun, now()).dividedBy(10);
          Duration next =
              waited.compareTo(SHORTEST_PAUSE) < 0
                  ? SHORTEST_PAUSE
                  : waited.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : waited;
          access.invocation().services().pause(next);
        }
      }
    }
  }

  private List<Looked> again(List<Looked> left) throws IOException {
    List<Looked> now = new ArrayList<>();
    for (Looked one : left) {
      Optional<ObjectFacts> facts = access.store().head(one.archive().key());
      if (facts.isPresent()) {
        CloudArchive archive =
            new CloudArchive(one.archive().project(), facts.get(), one.archive().hasToc());
        now.add(new Looked(archive, thawing.standing(archive.object())));
      }
    }
    return now;
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
