package dev.vat.staging;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Two people, one bucket, and whatever can happen between them: the main promise of `staging`.
class TeamProperties {
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void nothing_that_anybody_made_is_lost_unseen_and_in_the_end_both_have_the_same(
      @ForAll("days") List<Act> day, @ForAll Keep davids, @ForAll Keep jans) throws Exception {
    try (Team team = new Team()) {
      for (Act act : day) {
        team.does(act);
      }
      team.comesToRest(davids, jans);
    }
  }

  @Provide
  Arbitrary<List<Act>> days() {
    return Arbitraries.frequencyOf(Tuple.of(12, simple()), Tuple.of(3, meanwhile()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(22);
  }

  private static Arbitrary<Act> simple() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, edits()),
        Tuple.of(1, Combinators.combine(who(), name(), name()).as(Act.Rename::new)),
        Tuple.of(1, Combinators.combine(who(), name()).as(Act.Delete::new)),
        Tuple.of(1, who().map(Act.LoseState::new)),
        Tuple.of(
            2,
            Combinators.combine(name(), Arbitraries.of(Act.Foreign.How.class), size())
                .as(Act.Foreign::new)),
        Tuple.of(1, Arbitraries.of(Act.Harm.How.class).map(Act.Harm::new)),
        Tuple.of(10, runs()));
  }

  private static Arbitrary<Act> edits() {
    return Combinators.combine(who(), name(), size()).as(Act.Edit::new);
  }

  /// Commands; most of them end by themselves, some are cut.
  private static Arbitrary<Act> runs() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Combinators.combine(who(), Arbitraries.of(false, true), cut()).as(Act.Up::new)),
        Tuple.of(4, Combinators.combine(who(), cut()).as(Act.Down::new)),
        Tuple.of(
            4,
            Combinators.combine(
                    who(), Arbitraries.of(Keep.class), name(), Arbitraries.of(false, true), cut())
                .as(Act.Decide::new)),
        Tuple.of(
            1, Combinators.combine(who(), Arbitraries.of(false, true), cut()).as(Act.Clean::new)));
  }

  /// Something happens while somebody's command runs.
  private static Arbitrary<Act> meanwhile() {
    return Combinators.combine(runs(), Arbitraries.integers().between(0, 24), simple())
        .as(Act.Meanwhile::new);
  }

  private static Arbitrary<Act.Who> who() {
    return Arbitraries.of(Act.Who.class);
  }

  private static Arbitrary<String> name() {
    return Arbitraries.of("draft.mp4", "audio/take.wav", "notes.txt");
  }

  /// How long a content is; parts have 16 bytes.
  private static Arbitrary<Integer> size() {
    return Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(6, 12), Tuple.of(1, 16), Tuple.of(2, 40));
  }

  private static Arbitrary<Integer> cut() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.just(Act.NO_CUT)),
        Tuple.of(2, Arbitraries.integers().between(0, 30)));
  }
}
