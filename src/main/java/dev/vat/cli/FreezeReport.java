package dev.vat.cli;

import dev.vat.cost.FreezeCost;
import dev.vat.cost.PricedClass;
import dev.vat.cost.Prices;
import dev.vat.lifecycle.CloudArchive;
import dev.vat.lifecycle.FreezeStep;
import dev.vat.lifecycle.Freezing;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `vat freeze` prints: the plan with what it saves, then what became of it.
final class FreezeReport {
  private final Console console;
  private final ArchiveAccess access;
  private final FreezeCost.Target to;
  private final boolean dryRun;
  private final Optional<Prices> prices;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final List<ExitCode> codes = new ArrayList<>();
  private final Set<String> hints = new LinkedHashSet<>();

  /// @param prices that hold; empty when they are not known
  FreezeReport(
      Console console,
      ArchiveAccess access,
      FreezeCost.Target to,
      boolean dryRun,
      Optional<Prices> prices) {
    this.console = console;
    this.access = access;
    this.to = to;
    this.dryRun = dryRun;
    this.prices = prices;
  }

  /// One archive of the document (docs/formats/freeze.schema.json).
  private record Line(
      String project,
      String key,
      Long sizeBytes,
      String from,
      String action,
      String message,
      Double savesMonthlyUsd,
      Double onceUsd,
      Long paysOffAfterDays,
      Boolean pricesConfirmed) {
    Line with(String other, String told) {
      return new Line(
          project,
          key,
          sizeBytes,
          from,
          other,
          told,
          savesMonthlyUsd,
          onceUsd,
          paysOffAfterDays,
          pricesConfirmed);
    }
  }

  private record Document(
      String repo,
      String address,
      boolean dryRun,
      String storageClass,
      int minimumDays,
      String region,
      List<Line> archives) {}

  /// A project that was named and has no archive in S3.
  void notThere(ProjectId id) {
    codes.add(ExitCode.FAILED);
    hints.add("vat backup " + ShellWord.of(id.value()) + " brings it there");
    String why = "has no archive in S3";
    lines.put(
        id.value(), new Line(id.value(), null, null, null, "none", why, null, null, null, null));
    line(Symbol.FAILED, Printable.of(id.value()) + " - " + why);
  }

  /// Prints the plan.
  ///
  /// @return what is to be done
  List<FreezeStep.Move> planned(List<FreezeStep> steps) {
    console.line(
        console.style().sign(Symbol.ARCHIVE)
            + " Freezing in S3: "
            + Printable.of(access.repo())
            + " to "
            + to
            + (dryRun ? " (dry run: nothing is changed)" : ""));
    console.line();
    List<FreezeStep.Move> moves = new ArrayList<>();
    for (FreezeStep step : steps) {
      planned(step).ifPresent(moves::add);
    }
    if (steps.isEmpty() && lines.isEmpty()) {
      console.line("  (nothing to freeze)");
    }
    if (!moves.isEmpty()) {
      console.line();
      totals(moves);
    }
    return moves;
  }

  private Optional<FreezeStep.Move> planned(FreezeStep step) {
    return switch (step) {
      case FreezeStep.Move move -> {
        Optional<FreezeCost> gain = gain(move);
        if (gain.filter(g -> g.savesPerMonth().usd().signum() <= 0).isPresent()) {
          stays(move.archive(), FreezeStep.Why.TOO_SMALL);
          yield Optional.empty();
        }
        add(move.archive(), "freeze", null, gain);
        line(
            Symbol.NEXT,
            ArchiveWords.nameAndSize(move.archive())
                + " - "
                + gain.map(FreezeReport::words).orElse("would be frozen"));
        if (!move.archive().hasToc()) {
          line(
              Symbol.WARNING,
              "  has no table of contents beside it: what is in it cannot be told while it is"
                  + " frozen");
        }
        yield Optional.of(move);
      }
      case FreezeStep.Stay stay -> {
        stays(stay.archive(), stay.why());
        yield Optional.empty();
      }
    };
  }

  private void stays(CloudArchive archive, FreezeStep.Why why) {
    String told =
        switch (why) {
          case ALREADY -> "is in " + to + " already";
          case FROZEN_ELSEWHERE ->
              "is frozen in "
                  + archive.object().storageClass()
                  + ", and would have to be thawed to be moved";
          case TOO_SMALL -> "stays: so small that freezing saves nothing";
          case NOT_OURS -> "stays: it is " + ArchiveWords.whose(archive);
          case UNSAID -> "stays: it does not say whose it is, and only what does is changed";
        };
    add(archive, action(why), told, Optional.empty());
    boolean refused = why == FreezeStep.Why.NOT_OURS || why == FreezeStep.Why.UNSAID;
    if (refused) {
      codes.add(ExitCode.CONFLICT);
    }
    if (why == FreezeStep.Why.UNSAID) {
      hints.add(
          "if it is this repository's, say so: aws s3 cp "
              + Printable.of(ShellWord.of(access.address(archive.key())))
              + " "
              + Printable.of(ShellWord.of(access.address(archive.key())))
              + " --metadata-directive REPLACE --metadata "
              + Printable.of(
                  ShellWord.of("repo=" + access.repo() + ",project-id=" + archive.project())));
    }
    Symbol symbol = refused ? Symbol.FAILED : Symbol.SAME;
    line(symbol, ArchiveWords.nameAndSize(archive) + " - " + Printable.of(told));
  }

  /// For programs (docs/formats/freeze.schema.json).
  static String action(FreezeStep.Why why) {
    return switch (why) {
      case ALREADY -> "already";
      case FROZEN_ELSEWHERE -> "frozen_elsewhere";
      case TOO_SMALL -> "too_small";
      case NOT_OURS, UNSAID -> "not_ours";
    };
  }

  private Optional<FreezeCost> gain(FreezeStep.Move move) {
    // Of another class than Standard it is not known for how long it has been there.
    return move.archive().object().storageClass().word().equals("STANDARD")
        ? prices.map(at -> FreezeCost.of(at, move.archive().object().sizeBytes(), to))
        : Optional.empty();
  }

  private static String words(FreezeCost gain) {
    return "saves " + Dollars.of(gain.savesPerMonth()) + " a month";
  }

  private void totals(List<FreezeStep.Move> moves) {
    console.line("Plan: freeze " + amount(moves));
    Optional<FreezeCost> all = Optional.empty();
    boolean known = true;
    for (FreezeStep.Move move : moves) {
      Optional<FreezeCost> gain = gain(move);
      known &= gain.isPresent();
      all = all.isEmpty() ? gain : gain.isEmpty() ? all : Optional.of(all.get().plus(gain.get()));
    }
    if (known && all.isPresent()) {
      FreezeCost gain = all.get();
      console.line(
          "  Saves "
              + Dollars.of(gain.savesPerMonth())
              + " a month; the requests take "
              + Dollars.of(gain.requests())
              + " once"
              + (gain.paysOffAfterDays().isPresent()
                  ? ", earned back after " + Counts.of(gain.paysOffAfterDays().getAsLong(), "day")
                  : "")
              + (gain.confirmed() ? "." : " (some of these prices are not confirmed)."));
    } else {
      console.line(
          "  What that saves is not known: "
              + (prices.isEmpty()
                  ? "no prices of this server or region at hand."
                  : "S3 does not tell for how long it has been in its class."));
    }
    console.line(
        "  S3 bills at least "
            + to.priced().minimumDays()
            + " days in "
            + to
            + ", also of what is replaced or removed earlier.");
    moves.stream()
        .flatMap(move -> PricedClass.named(move.archive().object().storageClass().word()).stream())
        .distinct()
        .filter(from -> from.minimumDays() > 0)
        .forEach(
            from ->
                console.line(
                    "  What has been in "
                        + from
                        + " for less than "
                        + from.minimumDays()
                        + " days is billed there for the rest of them as well."));
  }

  static String amount(List<FreezeStep.Move> moves) {
    long bytes = moves.stream().mapToLong(move -> move.archive().object().sizeBytes()).sum();
    return Counts.of(moves.size(), "archive") + " (" + Sizes.of(bytes) + ")";
  }

  /// Prints what came of one.
  void done(FreezeStep.Move move, Freezing.Outcome outcome) {
    switch (outcome) {
      case Freezing.Outcome.Frozen _ -> told(move, Symbol.DONE, "frozen", "frozen in " + to);
      case Freezing.Outcome.FrozenAlready _ ->
          told(move, Symbol.DONE, "frozen", "was frozen in this moment");
      case Freezing.Outcome.Changed _ -> {
        codes.add(ExitCode.CONFLICT);
        told(
            move,
            Symbol.FAILED,
            "changed",
            "somebody replaced or removed it meanwhile; it was left as it is now");
      }
    }
  }

  /// Prints why one could not be done.
  void failed(FreezeStep.Move move, IOException cause) {
    CommandFailure failure = Faults.of(cause);
    codes.add(failure.exit() == ExitCode.FAILED ? ExitCode.PARTLY : failure.exit());
    hints.add(failure.hint());
    told(move, Symbol.FAILED, "failed", failure.getMessage());
  }

  private void told(FreezeStep.Move move, Symbol symbol, String action, String message) {
    lines.computeIfPresent(move.archive().key(), (_, line) -> line.with(action, message));
    line(symbol, ArchiveWords.nameAndSize(move.archive()) + " - " + Printable.of(message));
  }

  private void add(CloudArchive archive, String action, String message, Optional<FreezeCost> gain) {
    lines.put(
        archive.key(),
        new Line(
            archive.project().value(),
            archive.key(),
            archive.object().sizeBytes(),
            archive.object().storageClass().word(),
            action,
            message,
            gain.map(g -> g.savesPerMonth().usd().doubleValue()).orElse(null),
            gain.map(g -> g.requests().usd().doubleValue()).orElse(null),
            gain.filter(g -> g.paysOffAfterDays().isPresent())
                .map(g -> g.paysOffAfterDays().getAsLong())
                .orElse(null),
            gain.map(FreezeCost::confirmed).orElse(null)));
  }

  private void line(Symbol symbol, String text) {
    console.line("  " + console.style().sign(symbol) + " " + text);
  }

  /// Nothing was changed: a dry run, or nothing to do.
  ExitCode unchanged() {
    return end();
  }

  /// The hints, the document, and how it ended.
  ExitCode end() {
    hints.stream()
        .filter(hint -> !hint.isEmpty())
        .forEach(hint -> console.note("  " + console.errorStyle().sign(Symbol.NEXT) + " " + hint));
    console.document(
        "vat.freeze/1",
        new Document(
            access.repo(),
            access.address(access.place().prefix()),
            dryRun,
            to.name(),
            to.priced().minimumDays(),
            prices.map(Prices::region).orElse(null),
            List.copyOf(lines.values())));
    return ExitCode.worst(codes);
  }
}
