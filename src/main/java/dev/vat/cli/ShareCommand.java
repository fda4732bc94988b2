package dev.vat.cli;

import dev.vat.cloud.ReadLink;
import dev.vat.project.Closest;
import dev.vat.project.RelativeName;
import dev.vat.staging.Shareable;
import dev.vat.staging.StagedPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat share`: a link by which anybody can watch a staged file for some time. The link alone goes
/// to standard output.
@Command(
    footer = {
      "",
      "Anybody who has the link can watch, without a password, until it expires.",
      "It shows what is in S3 under that name; vat cleanup ends it.",
      "",
      "Examples:",
      "  vat share b63 draft.mp4                 a link for 7 days",
      "  vat share b63 draft.mp4 --expires 12h   for 12 hours",
      "  vat share b63 draft.mp4 --html          and draft.html, to send by mail"
    })
final class ShareCommand implements VatCommand {
  @Parameters(
      paramLabel = "[PROJECT] FILE",
      hideParamSyntax = true,
      arity = "0..*",
      description = {
        "the project (left out inside its folder), then",
        "one file of its s3-staging folder, sent to S3 before"
      })
  private List<String> words = List.of();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      defaultValue = "7d",
      converter = LinkTimeConverter.class,
      description = "how long it works: 1h to 7d. Default: 7d")
  private Duration expires;

  @Mixin private PageOption page;

  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would be done, and do nothing")
  private boolean dryRun;

  @Mixin private OutputOptions output;

  private record Document(
      boolean dryRun,
      String repo,
      String project,
      String name,
      long sizeBytes,
      String contentType,
      String standing,
      String url,
      String expiresAt,
      boolean temporaryCredentials,
      String credentialsEndAt,
      String page) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. No link was made.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    StagingSession.Use use = dryRun ? StagingSession.Use.DRY : StagingSession.Use.LOOK;
    try (StagingSession session =
        StagingSession.open(
            invocation, StagingTarget.of(words), use, OptionalLong.empty(), "vat share")) {
      RelativeName name = one(session.chosen());
      Optional<PageFile> file =
          page.wanted().isEmpty()
              ? Optional.empty()
              : Optional.of(PageFile.of(page.wanted().get(), name, invocation.surroundings()));
      Shareable.InS3 shared = inS3(session, name);
      share(invocation, session, shared, file);
      return ExitCode.DONE;
    }
  }

  private static RelativeName one(ChosenProject chosen) {
    String project = Printable.of(chosen.id().value());
    if (chosen.files().isEmpty()) {
      throw CommandFailure.usage(
          "vat share: which file of " + project + "?",
          "name one that is in S3; vat status " + project + " shows them");
    }
    if (chosen.files().size() > 1) {
      throw CommandFailure.usage(
          "vat share makes a link to one file, and " + chosen.files().size() + " were named",
          "run it once for each");
    }
    return chosen.files().getFirst();
  }

  private Shareable.InS3 inS3(StagingSession session, RelativeName name) throws IOException {
    String shown = Printable.of(name.value());
    String project = Printable.of(session.chosen().id().value());
    return switch (session.sharing().look(name, !dryRun)) {
      case Shareable.InS3 found -> found;
      case Shareable.OnlyHere _ ->
          throw new CommandFailure(
              ExitCode.FAILED,
              "not_in_s3",
              shown + " is on this computer only, and a link needs it in S3",
              "send it first: vat up " + project + " " + Printable.of(ShellWord.of(name.value())));
      case Shareable.Folder folder ->
          throw CommandFailure.usage(
              shown + " is a folder, and a link shows one file",
              folder.inS3().isEmpty()
                  ? "nothing of it is in S3 yet; send it first: vat up " + project
                  : "name a file, for example "
                      + Printable.of(ShellWord.of(folder.inS3().getFirst().value())));
      case Shareable.Unknown unknown ->
          throw new CommandFailure(
              ExitCode.USAGE,
              "unknown_file",
              "no staged file is called " + shown + ", here or in S3",
              Closest.of(
                      name.value(), unknown.names().stream().map(RelativeName::value).toList(), 1)
                  .stream()
                  .findFirst()
                  .map(near -> "did you mean " + Printable.of(near) + "?")
                  .orElse("vat status " + project + " shows what there is"));
    };
  }

  private void share(
      Invocation invocation, StagingSession session, Shareable.InS3 shared, Optional<PageFile> file)
      throws IOException {
    Console console = invocation.console();
    ShareRemarks remarks = new ShareRemarks(invocation, session.chosen().id(), shared);
    ReadLink link = session.sharing().link(shared, ReadLink.Opening.IN_BROWSER, expires);
    remarks.aboutFile();
    remarks.aboutEnd(link);
    if (file.isPresent()) {
      ReadLink download = session.sharing().link(shared, ReadLink.Opening.AS_DOWNLOAD, expires);
      written(console, file.get(), page(shared, link, download, remarks));
    }
    if (dryRun) {
      String address = "s3://" + session.place().bucket() + "/" + shared.file().key();
      console.line("Would print a link to " + Printable.of(address));
    } else {
      console.line(link.address().toString());
    }
    console.document("vat.share/1", document(session.place(), shared, link, file));
  }

  private static String page(
      Shareable.InS3 shared, ReadLink link, ReadLink download, ShareRemarks remarks) {
    return new PlayerPage(
            shared.file().name().fileName(),
            shared.file().sizeBytes(),
            shared.contentType(),
            link.address(),
            download.address(),
            ShareRemarks.end(link),
            remarks.endForPeople(link),
            ShareRemarks.maybeEarlier(link))
        .html();
  }

  private void written(Console console, PageFile file, String html) throws IOException {
    String path = Printable.of(file.path().toString());
    if (dryRun) {
      int bytes = html.getBytes(StandardCharsets.UTF_8).length;
      console.line("Would write the page " + path + " (" + bytes + " bytes).");
      return;
    }
    file.write(html);
    console.note("  The page: " + path);
    console.note("  It holds the link: send it like the link, and keep it out of git.");
  }

  private Document document(
      StagedPlace place, Shareable.InS3 shared, ReadLink link, Optional<PageFile> file) {
    return new Document(
        dryRun,
        place.repo(),
        place.project().value(),
        shared.file().name().value(),
        shared.file().sizeBytes(),
        shared.contentType(),
        shared.standing().map(StagingDocuments::word).orElse(null),
        dryRun ? null : link.address().toString(),
        link.expires().toString(),
        !(link.signedBy() instanceof ReadLink.Signer.Lasting),
        ShareRemarks.endOfCredentials(link).map(Instant::toString).orElse(null),
        file.map(f -> f.path().toString()).orElse(null));
  }
}
