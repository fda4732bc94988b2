package dev.vat.lifecycle;

import dev.vat.project.TreeRemark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a verification came to.
///
/// @param read how many files were read
/// @param readBytes how much
/// @param carriedOver how many of them an earlier run had read that was stopped
/// @param unread how many files were left out this time
/// @param good how many were as recorded
/// @param findings all that are not good, by name
/// @param first whether there was no history before
/// @param pastCache whether every file was read from the device itself; if not, the system could
///     not be asked for that and what was read may have come from memory
/// @param notRecorded why the result could not be written into the history; empty when it was, or
///     was not to be
/// @param verifiedAt the moment since which every file that is there has been found good; empty
///     when that cannot be said (something is bad, was never read, or had no history before)
/// @param historyProblems what of the history could not be used, each in one sentence
/// @param remarks what could not be looked at
public record VerificationReport(
    int read,
    long readBytes,
    int carriedOver,
    int unread,
    int good,
    List<FileFinding> findings,
    boolean first,
    boolean pastCache,
    Optional<String> notRecorded,
    Optional<Instant> verifiedAt,
    List<String> historyProblems,
    List<TreeRemark> remarks) {
  public VerificationReport {
    findings = List.copyOf(findings);
    historyProblems = List.copyOf(historyProblems);
    remarks = List.copyOf(remarks);
  }

  /// Whether the copy is not what its history says.
  public boolean isBad() {
    return findings.stream().anyMatch(finding -> finding.verdict().isBad());
  }

  public int count(Verdict verdict) {
    return verdict == Verdict.GOOD
        ? good
        : (int) findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }
}
