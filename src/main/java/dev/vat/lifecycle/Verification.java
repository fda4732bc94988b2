package dev.vat.lifecycle;

import dev.vat.disk.DeviceDigests;
import dev.vat.mhl.Creator;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Reads a copy again and says whether it still is what its history says.
///
/// Every format that the history has is compared, and those of `vat` are added alongside. Content
/// comes from the device, past the system's page cache, wherever the system offers that. The files
/// themselves are never written to.
public final class Verification {
  private final DeviceDigests reading;
  private final InstantSource clock;
  private final Creator creator;

  /// @param creator who is named as the generation's writer
  public Verification(DeviceDigests reading, InstantSource clock, Creator creator) {
    this.reading = reading;
    this.clock = clock;
    this.creator = creator;
  }

  /// Reads what the plan names, and writes nothing.
  ///
  /// @param task told of each byte once
  /// @throws CopyGoneException when the whole folder is gone meanwhile: nothing is said of its
  ///     files
  public VerificationReport check(VerificationPlan plan, Progress.Task task) throws IOException {
    VerificationWork work = work(plan, VerificationJournal.none());
    work.readAll(task);
    return work.report(Optional.empty());
  }

  /// Reads what the plan names, and appends what was found out to the history as a generation;
  /// begins a history where there is none.
  ///
  /// @param journal where finished readings are remembered, so that a run that was stopped or cut
  ///     goes on; empty for none
  /// @param task told of each byte once
  /// @throws CopyGoneException when the whole folder is gone meanwhile: nothing is said of its
  ///     files, and the journal keeps what was read
  public VerificationReport run(VerificationPlan plan, Optional<Path> journal, Progress.Task task)
      throws IOException {
    VerificationJournal lines =
        journal.isPresent()
            ? VerificationJournal.open(journal.get(), plan.look(), clock.instant())
            : VerificationJournal.none();
    VerificationWork work = work(plan, lines);
    work.readAll(task);
    Optional<String> notRecorded = Optional.empty();
    try {
      work.record(creator);
    } catch (IOException fault) {
      plan.look().requireThere(fault);
      notRecorded = Optional.of(reason(fault));
    }
    // Also when it could not be recorded: whoever asks again wants it to be read again.
    lines.finish();
    return work.report(notRecorded);
  }

  private VerificationWork work(VerificationPlan plan, VerificationJournal journal) {
    return new VerificationWork(plan, journal, reading, clock);
  }

  /// The system's words, without the path when they have it in front.
  static String reason(IOException fault) {
    return switch (fault) {
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      default -> fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    };
  }
}
