package dev.vat.cli;

import dev.vat.lifecycle.Proposal;
import java.time.Instant;
import java.util.Locale;

/// What comes next for a project, in the document.
record NextStep(String step, String from, boolean due, String reason) {
  static NextStep of(Proposal next, Instant now) {
    return switch (next) {
      case Proposal.Stay stay -> new NextStep(null, null, false, stay.reason());
      case Proposal.Move move ->
          new NextStep(
              move.step().name().toLowerCase(Locale.ROOT),
              move.from().map(Instant::toString).orElse(null),
              move.isDue(now),
              move.reason());
    };
  }

  /// For people.
  static String words(Proposal next, Instant now) {
    String what =
        switch (next) {
          case Proposal.Stay _ -> "stays where it is";
          case Proposal.Move move ->
              move.step().words()
                  + move.from()
                      .map(
                          at ->
                              move.isDue(now)
                                  ? ", due since " + day(at)
                                  : ", from " + day(at) + " on")
                      .orElse("");
        };
    return "Next: " + what + ": " + next.reason();
  }

  private static String day(Instant at) {
    return at.toString().substring(0, 10);
  }
}
