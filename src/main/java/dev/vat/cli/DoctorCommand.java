package dev.vat.cli;

import dev.vat.project.Repository;
import dev.vat.report.Doctor;
import dev.vat.report.DoctorSubject;
import dev.vat.report.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat doctor`: what is wrong with this set-up, each finding with its remedy.
@Command(
    footer = {
      "",
      "To try the bucket out, one small object is written to it and removed again.",
      "",
      "Examples:",
      "  vat doctor               looks at everything",
      "  vat doctor --no-write    writes nothing, not even for a moment"
    })
final class DoctorCommand implements VatCommand {
  /// Enough for S3's own retries of half a minute, so that their reason is told.
  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(40);

  @Option(
      names = {"--no-write", "--dry-run", "-n"},
      description = "do not try out writing to the bucket")
  boolean noWrite;

  @Mixin OutputOptions output = new OutputOptions();

  private record FindingLine(String check, String level, String message, String remedy) {}

  private record Document(
      String repository,
      int problems,
      int warnings,
      int notes,
      int ok,
      List<FindingLine> findings) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. A small probe object may be left in the bucket; a later vat doctor removes it.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    Console console = invocation.console();
    Optional<Repository> repository = CurrentRepository.find(invocation);
    List<Finding> findings = new ArrayList<>();
    new Doctor(subject(invocation, repository))
        .examine(
            finding -> {
              Finding safe = redacted(finding, console.redaction());
              findings.add(safe);
              print(console, safe);
            });
    console.line();
    console.line(summary(findings));
    console.document("vat.doctor/1", document(repository, findings));
    return ExitCode.worst(findings.stream().map(DoctorCommand::exit).toList());
  }

  private DoctorSubject subject(Invocation invocation, Optional<Repository> repository) {
    Surroundings surroundings = invocation.surroundings();
    return new DoctorSubject(
        surroundings.folder(),
        repository,
        () -> CurrentRepository.settings(invocation, repository, Map.of()),
        CurrentRepository.machine(surroundings),
        surroundings.environment(),
        invocation.services().volumes(),
        (access, bucket) -> invocation.services().openStore(access, bucket, Set.of()),
        surroundings.clock(),
        !noWrite,
        LONGEST_QUESTION);
  }

  private static Finding redacted(Finding finding, Redaction redaction) {
    return new Finding(
        finding.check(),
        finding.level(),
        finding.kind(),
        redaction.apply(finding.message()),
        redaction.apply(finding.remedy()));
  }

  private static void print(Console console, Finding finding) {
    Style style = console.style();
    String area = finding.check().word().replace('-', ' ');
    String head =
        switch (finding.level()) {
          case OK -> style.sign(Symbol.DONE) + " " + area + ": ";
          case NOTE -> style.sign(Symbol.SAME) + " " + area + ", note: ";
          case WARNING -> style.sign(Symbol.WARNING) + " " + area + ", warning: ";
          case PROBLEM -> style.sign(Symbol.FAILED) + " " + area + ", problem: ";
        };
    console.line(head + Printable.of(finding.message()));
    if (!finding.remedy().isEmpty()) {
      console.line("    " + style.sign(Symbol.NEXT) + " " + Printable.of(finding.remedy()));
    }
  }

  private static String summary(List<Finding> findings) {
    int problems = count(findings, Finding.Level.PROBLEM);
    int warnings = count(findings, Finding.Level.WARNING);
    return "Summary: "
        + (problems == 0 ? "no problems" : Counts.of(problems, "problem"))
        + ", "
        + (warnings == 0 ? "no warnings" : Counts.of(warnings, "warning"))
        + ", "
        + Counts.of(count(findings, Finding.Level.NOTE), "note")
        + "; "
        + count(findings, Finding.Level.OK)
        + " found good";
  }

  private Document document(Optional<Repository> repository, List<Finding> findings) {
    return new Document(
        repository.map(r -> r.root().toString()).orElse(null),
        count(findings, Finding.Level.PROBLEM),
        count(findings, Finding.Level.WARNING),
        count(findings, Finding.Level.NOTE),
        count(findings, Finding.Level.OK),
        findings.stream().map(DoctorCommand::line).toList());
  }

  private static FindingLine line(Finding finding) {
    return new FindingLine(
        finding.check().word(),
        finding.level().name().toLowerCase(Locale.ROOT),
        finding.message(),
        finding.remedy().isEmpty() ? null : finding.remedy());
  }

  private static int count(List<Finding> findings, Finding.Level level) {
    return (int) findings.stream().filter(finding -> finding.level() == level).count();
  }

  private static ExitCode exit(Finding finding) {
    return switch (finding.level()) {
      case OK, NOTE, WARNING -> ExitCode.DONE;
      case PROBLEM ->
          switch (finding.kind()) {
            case SETTINGS -> ExitCode.USAGE;
            case UNREACHABLE -> ExitCode.UNAVAILABLE;
            case OTHER -> ExitCode.FAILED;
          };
    };
  }
}
