package dev.vat.report;

import dev.vat.cloud.Condition;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import dev.vat.staging.StagedPlace;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tries out, on a small object of its own, whether the bucket can be written and whether the
/// server honours each condition that keeps teammates from overwriting each other (design, section
/// 7.4). What it wrote is removed again, also after a failure.
final class WriteExamination {
  private static final String FIRST = "vat doctor: first version\n";

  private static final String OTHER_SERVER =
      "Update the server, or use one that honours conditional writes, such as Amazon S3. Until then"
          + " let only one person at a time share files in this bucket; vat up and vat cleanup then take"
          + " --without-conditions.";

  private final ObjectStore store;
  private final String prefix;
  private final Patience patience;
  private final ProbeObject probe;

  private interface Probe {
    List<Finding> run() throws IOException;
  }

  private record Step(Check check, Probe probe) {}

  /// @param prefix of the repository's keys, ending in `/`
  WriteExamination(ObjectStore store, String prefix, Patience patience) {
    this.store = store;
    this.prefix = prefix;
    this.patience = patience;
    this.probe = new ProbeObject(store, patience, prefix);
  }

  void run(Consumer<Finding> to) throws IOException {
    try {
      probeAll(to);
    } finally {
      List<String> left = probe.tidyUp();
      if (!left.isEmpty()) {
        to.accept(
            Finding.warning(
                Check.LEFTOVERS,
                "The doctor could not remove what it wrote: " + String.join(", ", left) + ".",
                "Run vat doctor again in an hour: it removes what an earlier run left. Or remove it"
                    + " by hand."));
      }
    }
  }

  private void probeAll(Consumer<Finding> to) throws IOException {
    List<Step> steps =
        List.of(
            new Step(Check.WRITING, () -> List.of(write())),
            new Step(Check.OBJECT_FACTS, () -> List.of(facts())),
            new Step(Check.CREATE_CONDITION, this::conditions),
            new Step(Check.DELETE_CONDITION, () -> List.of(removal())),
            new Step(Check.LEFTOVERS, () -> List.of(abandoned())));
    for (int i = 0; i < steps.size(); i++) {
      if (!done(steps.get(i), to)) {
        notProbed(steps.subList(i + 1, steps.size()), to);
        return;
      }
    }
  }

  /// @return whether the next step makes sense
  private static boolean done(Step step, Consumer<Finding> to) throws IOException {
    try {
      List<Finding> findings = step.probe().run();
      findings.forEach(to);
      return step.check() != Check.WRITING
          || findings.stream().allMatch(finding -> finding.level() == Finding.Level.OK);
    } catch (StoreException fault) {
      to.accept(StoreTrouble.finding(step.check(), fault));
      return step.check() != Check.WRITING && !fault.endsEverything();
    }
  }

  private static void notProbed(List<Step> steps, Consumer<Finding> to) {
    if (!steps.isEmpty()) {
      to.accept(
          Finding.note(
              Check.WRITING,
              "Because of that these were not checked: "
                  + steps.stream().map(s -> s.check().word()).collect(Collectors.joining(", "))
                  + ".",
              ""));
    }
  }

  private Finding write() throws IOException {
    return switch (probe.put(FIRST, Guard.absent())) {
      case Written.Stored _ -> Finding.ok(Check.WRITING, "The bucket can be written.");
      case Written.Refused _ ->
          Finding.problem(
              Check.WRITING,
              "The server refused a new object, as if its name were taken. It cannot be: nobody"
                  + " else uses that name. Nothing can be uploaded like this.",
              OTHER_SERVER);
    };
  }

  private Finding facts() throws IOException {
    Optional<ObjectFacts> facts = probe.facts();
    if (facts.isEmpty()) {
      return Finding.problem(
          Check.OBJECT_FACTS,
          "An object that was just written is not there yet: the server shows old answers, so that"
              + " vat cannot know what teammates sent.",
          OTHER_SERVER);
    }
    if (!facts.get().metadata().equals(ProbeObject.METADATA)) {
      return Finding.problem(
          Check.OBJECT_FACTS,
          "The server does not keep what vat writes beside an object (user metadata): who uploaded"
              + " it, and its MD5, would be lost.",
          "Update the server, or use one that keeps user metadata, such as Amazon S3.");
    }
    return checksum(facts.get().crc32());
  }

  private static Finding checksum(OptionalInt kept) throws IOException {
    if (kept.isEmpty()) {
      return Finding.note(
          Check.OBJECT_FACTS,
          "The server keeps what vat writes beside an object, but no checksum (CRC-32) of its"
              + " content: a copy in S3 can be proven only by downloading it.",
          "");
    }
    if (kept.getAsInt() != ProbeObject.body(FIRST).crc32()) {
      return Finding.problem(
          Check.OBJECT_FACTS,
          "The server's checksum of an object is not that of the content that was sent.",
          "Do not trust this bucket with files; show this to whoever looks after the server.");
    }
    return Finding.ok(
        Check.OBJECT_FACTS, "The server keeps an object's checksum and what is written beside it.");
  }

  /// Each condition by itself.
  private List<Finding> conditions() throws IOException {
    Set<Condition> missing =
        patience.ask(() -> store.missingConditions(StagedPlace.probeFolder(prefix)));
    return Stream.concat(
            Arrays.stream(Condition.values())
                .map(
                    condition ->
                        missing.contains(condition)
                            ? ConditionWords.missing(condition, OTHER_SERVER)
                            : ConditionWords.honoured(condition)),
            store.takeRemarks().stream().map(remark -> Finding.note(Check.WRITING, remark, "")))
        .toList();
  }

  private Finding removal() throws IOException {
    return switch (probe.remove(probe.version())) {
      case Removed.GONE ->
          Finding.ok(Check.WRITING, "What was written to try it out could be removed again.");
      case Removed.CHANGED ->
          Finding.problem(
              Check.DELETE_CONDITION,
              "The server says that a file was replaced that nobody else had changed.",
              OTHER_SERVER);
    };
  }

  private Finding abandoned() throws IOException {
    int removed;
    try {
      removed = probe.removeAbandoned();
    } catch (StoreException fault) {
      // Nobody's work hangs on it, and narrow credentials may not list uploads.
      return Finding.note(
          Check.LEFTOVERS,
          "Whether earlier runs of the doctor left anything in the bucket was not checked: "
              + fault.getMessage(),
          "");
    }
    return removed == 0
        ? Finding.ok(Check.LEFTOVERS, "No earlier run of the doctor left anything in the bucket.")
        : Finding.note(
            Check.LEFTOVERS,
            "An earlier run of the doctor was cut off; what it left in the bucket ("
                + removed
                + (removed == 1 ? " object) was removed." : " objects) was removed."),
            "");
  }
}
