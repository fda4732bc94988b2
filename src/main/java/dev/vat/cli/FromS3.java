package dev.vat.cli;

import dev.vat.cost.Amount;
import dev.vat.cost.PricedClass;
import dev.vat.cost.Prices;
import dev.vat.lifecycle.Adopted;
import dev.vat.lifecycle.AdoptionPlan;
import dev.vat.project.Sizes;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was read of the archives in S3, or would be, as part of the manifest's document.
///
/// @param archivesRead how many
/// @param unchanged how many were known as they are
/// @param left how many were too much to read by the way
/// @param leftBytes what these take at most
/// @param files in those that were read
/// @param texts those whose text was read
/// @param fetchedBytes what S3 sent
/// @param toFetch what was to be read at most; null when nothing was
/// @param problems what could not be read
/// @param remarks in words for users
record FromS3(
    int archivesRead,
    int unchanged,
    int left,
    long leftBytes,
    long files,
    long texts,
    long fetchedBytes,
    ToFetch toFetch,
    List<Problem> problems,
    List<String> remarks) {
  private static final int MOST_SHOWN = 8;

  FromS3 {
    problems = List.copyOf(problems);
    remarks = List.copyOf(remarks);
  }

  /// @param frozen how many of the archives can tell nothing, being frozen with nothing beside them
  /// @param withoutLight how many have no light files beside them: their texts come on top
  /// @param bytes at most
  /// @param requests at most
  /// @param usd at most; null where prices are not known
  record ToFetch(
      int archives, long frozen, long withoutLight, long bytes, long requests, Double usd) {
    static ToFetch of(AdoptionPlan plan, Optional<Prices> prices) {
      if (plan.toRead().isEmpty()) {
        return null;
      }
      Optional<Amount> amount = prices.map(known -> price(plan, known));
      return new ToFetch(
          plan.toRead().size(),
          plan.frozen(),
          plan.withoutLight(),
          plan.mostBytes(),
          plan.mostRequests(),
          amount.map(one -> one.usd().setScale(4, RoundingMode.UP).doubleValue()).orElse(null));
    }

    /// As if the month's free gigabytes were used up.
    private static Amount price(AdoptionPlan plan, Prices prices) {
      return prices
          .gets(PricedClass.STANDARD, plan.mostRequests())
          .plus(prices.download(plan.mostBytes(), 100 * Prices.GB));
    }

    private String words() {
      return "at most "
          + Sizes.of(bytes)
          + " in "
          + Counts.of(requests, "request")
          + (usd == null
              ? ""
              : ", " + (usd < 0.01 ? "under $0.01" : String.format(Locale.ROOT, "$%.2f", usd)))
          + (withoutLight == 0
              ? ""
              : "; and the texts, if any, in "
                  + Counts.of(withoutLight, "archive")
                  + " without light files beside it");
    }
  }

  /// @param unread whether nothing is known of what is in it
  record Problem(String project, String key, boolean unread, String message) {
    static Problem of(Adopted.Problem problem) {
      return new Problem(problem.project().value(), problem.key(), problem.unread(), problem.why());
    }
  }

  static FromS3 planned(AdoptionPlan plan, Optional<Prices> prices) {
    return new FromS3(
        0, plan.unchanged(), 0, 0, 0, 0, 0, ToFetch.of(plan, prices), List.of(), List.of());
  }

  static FromS3 of(
      AdoptionPlan plan, Optional<Adopted> adopted, List<String> remarks, Optional<Prices> prices) {
    Adopted done = adopted.orElseGet(() -> new Adopted(0, 0, 0, 0, 0, 0, List.of()));
    return new FromS3(
        done.read(),
        plan.unchanged(),
        done.left(),
        done.leftBytes(),
        done.files(),
        done.texts(),
        done.fetchedBytes(),
        ToFetch.of(plan, prices),
        done.problems().stream().map(Problem::of).toList(),
        remarks);
  }

  static FromS3 failed(String remark) {
    return new FromS3(0, 0, 0, 0, 0, 0, 0, null, List.of(), List.of(remark));
  }

  /// For people.
  ///
  /// @param written whether anything was to be written
  /// @param asked whether the user wants to know also that there is nothing new
  void tell(Console console, boolean written, boolean asked) {
    Style style = console.style();
    if (asked && toFetch == null && unchanged > 0) {
      console.line(
          style.sign(Symbol.SAME)
              + " Nothing to read in S3: "
              + Counts.of(unchanged, "archive")
              + " known already");
    }
    if (toFetch != null && !written) {
      console.line(
          style.sign(Symbol.NEXT)
              + " Would read the names and texts in "
              + Counts.of(toFetch.archives(), "archive")
              + " in S3: "
              + toFetch.words());
    }
    if (archivesRead > 0) {
      console.line(
          "%s %s in S3 read for vat find: %s, the text of %d (%s fetched)"
              .formatted(
                  style.sign(Symbol.DONE),
                  Counts.of(archivesRead, "archive"),
                  Counts.of(files, "file"),
                  texts,
                  Sizes.of(fetchedBytes)));
    }
    if (left > 0) {
      console.line(
          style.sign(Symbol.NEXT)
              + " The names and texts in "
              + Counts.of(left, "archive")
              + " in S3 are not read yet (at most "
              + Sizes.of(leftBytes)
              + "): vat cloud adopt");
    }
  }

  /// What is to be said among the warnings.
  List<String> warnings(boolean written) {
    List<String> lines = new ArrayList<>(remarks);
    problems.stream()
        .limit(MOST_SHOWN)
        .forEach(problem -> lines.add(problem.project() + " in S3: " + problem.message()));
    if (problems.size() > MOST_SHOWN) {
      lines.add("and " + (problems.size() - MOST_SHOWN) + " more archives in S3 (all with --json)");
    }
    if (!written && toFetch != null && toFetch.frozen() > 0) {
      lines.add(
          Counts.of(toFetch.frozen(), "archive")
              + " in S3 cannot tell what is in it: frozen, and no table of contents beside it");
    }
    return lines;
  }
}
