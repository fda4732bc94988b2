package dev.vat.report;

import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Tries out, on a small object of its own, whether the bucket can be written and whether the
/// server honours each condition that keeps teammates from overwriting each other (design, section
/// 7.4). What it wrote is removed again, also after a failure.
final class WriteExamination {
  private static final String FIRST = "vat doctor: first version\n";
  private static final String SECOND = "vat doctor: second version\n";
  private static final String THIRD = "vat doctor: third version\n";

  /// No content has this version: what somebody holds who looked too long ago.
  private static final ETag STALE = new ETag("0".repeat(32));

  private static final String OTHER_SERVER =
      "Update the server, or use one that honours conditional writes, such as Amazon S3. Until then"
          + " let only one person at a time share files in this bucket.";

  private final ProbeObject probe;

  private interface Probe {
    Finding run() throws IOException;
  }

  private record Step(Check check, Probe probe) {}

  /// @param prefix of the repository's keys, ending in `/`
  WriteExamination(ObjectStore store, String prefix, Patience patience) {
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
            new Step(Check.WRITING, this::write),
            new Step(Check.OBJECT_FACTS, this::facts),
            new Step(Check.CREATE_CONDITION, this::create),
            new Step(Check.REPLACE_CONDITION, this::replace),
            new Step(Check.COMPLETE_CONDITION, this::complete),
            new Step(Check.DELETE_CONDITION, this::delete),
            new Step(Check.LEFTOVERS, this::abandoned));
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
      Finding finding = step.probe().run();
      to.accept(finding);
      return step.check() != Check.WRITING || finding.level() == Finding.Level.OK;
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

  private Finding create() throws IOException {
    return switch (probe.put(SECOND, Guard.absent())) {
      case Written.Refused _ ->
          Finding.ok(Check.CREATE_CONDITION, "A new file is refused where there is one already.");
      case Written.Stored _ ->
          ignored(
              Check.CREATE_CONDITION,
              "\"only if there is none yet\" (If-None-Match: *) when a file is uploaded");
    };
  }

  private Finding replace() throws IOException {
    ETag current = probe.version();
    if (probe.put(SECOND, Guard.unchanged(STALE)) instanceof Written.Stored) {
      return ignored(
          Check.REPLACE_CONDITION,
          "\"only if it is still that version\" (If-Match) when a file is replaced");
    }
    return switch (probe.put(THIRD, Guard.unchanged(current))) {
      case Written.Stored _ ->
          Finding.ok(
              Check.REPLACE_CONDITION,
              "A file is replaced only while it is the version that was compared.");
      case Written.Refused _ ->
          refusedWrongly(Check.REPLACE_CONDITION, "replace a file that nobody else had changed");
    };
  }

  private Finding complete() throws IOException {
    if (probe.putInParts(FIRST, Guard.absent()) instanceof Written.Stored) {
      return ignored(
          Check.COMPLETE_CONDITION,
          "\"only if there is none yet\" (If-None-Match: *) when a big file's upload is completed");
    }
    if (probe.putInParts(FIRST, Guard.unchanged(STALE)) instanceof Written.Stored) {
      return ignored(
          Check.COMPLETE_CONDITION,
          "\"only if it is still that version\" (If-Match) when a big file's upload is completed");
    }
    return switch (probe.putInParts(SECOND, Guard.unchanged(probe.version()))) {
      case Written.Stored _ ->
          Finding.ok(
              Check.COMPLETE_CONDITION, "Both hold for big files too, which are sent in parts.");
      case Written.Refused _ ->
          refusedWrongly(
              Check.COMPLETE_CONDITION, "replace a big file that nobody else had changed");
    };
  }

  private Finding delete() throws IOException {
    ETag current = probe.version();
    if (probe.remove(STALE) == Removed.GONE) {
      return ignored(
          Check.DELETE_CONDITION,
          "\"only if it is still that version\" (If-Match) when a file is removed");
    }
    if (probe.remove(current) == Removed.CHANGED || probe.facts().isPresent()) {
      return refusedWrongly(Check.DELETE_CONDITION, "remove a file that nobody else had changed");
    }
    return Finding.ok(
        Check.DELETE_CONDITION,
        "A file is removed only while it is the version that was looked at.");
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

  private static Finding ignored(Check check, String condition) {
    return Finding.problem(
        check,
        "The server ignores the condition "
            + condition
            + ": two people at work at the same moment could overwrite each other unseen.",
        OTHER_SERVER);
  }

  private static Finding refusedWrongly(Check check, String what) {
    return Finding.problem(
        check, "The server refused to " + what + ": its conditions do not work.", OTHER_SERVER);
  }
}
