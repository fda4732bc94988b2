package dev.vat.cli;

import dev.vat.cloud.ReadLink;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.staging.RemoteFile;
import dev.vat.staging.Shareable;
import dev.vat.staging.Standing;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// What is said around a link, on standard error: so that the link alone is the result.
final class ShareRemarks {
  private final Console console;
  private final ProjectId project;
  private final Shareable.InS3 shared;
  private final Instant now;
  private final ZoneId zone;

  ShareRemarks(Invocation invocation, ProjectId project, Shareable.InS3 shared) {
    this.console = invocation.console();
    this.project = project;
    this.shared = shared;
    this.now = invocation.surroundings().clock().instant();
    this.zone = invocation.surroundings().zone().get();
  }

  /// What the link shows.
  void aboutFile() {
    RemoteFile file = shared.file();
    console.note(
        console.errorStyle().sign(Symbol.LINK)
            + " "
            + name()
            + " ("
            + Sizes.of(file.sizeBytes())
            + ", in S3 "
            + new StagingWords(now).uploader("from", file)
            + ")");
    if (shared.frozen()) {
      console.warning("it is in Glacier: unless it was thawed, the link shows an error only");
    }
    shared.standing().ifPresentOrElse(this::aboutStanding, this::aboutNotCompared);
    if (PlayerPage.isForOtherPlayers(shared.contentType())) {
      console.warning("browsers do not play this kind of video: who opens the link downloads it");
    }
  }

  private void aboutStanding(Standing standing) {
    String command = Printable.of(project.value()) + " " + Printable.of(word());
    switch (standing) {
      case CHANGED_HERE ->
          console.warning(
              "yours is newer; the link shows S3's. To share yours, first: vat up " + command);
      case CHANGED_THERE ->
          console.warning(
              "S3's is newer than yours, and the link shows S3's. To see it: vat down " + command);
      case CONFLICT ->
          console.warning(
              "yours and S3's differ (a conflict); the link shows S3's. More: vat status "
                  + command);
      case IN_SYNC, ONLY_THERE, REMOVED_HERE -> {}
      case ONLY_HERE, CHANGED_HERE_REMOVED_THERE, REMOVED_THERE ->
          throw new IllegalArgumentException("not in S3");
    }
  }

  private void aboutNotCompared() {
    console.warning(
        "whether yours is the same could not be told; the link shows S3's. More: vat status "
            + Printable.of(project.value())
            + " "
            + Printable.of(word()));
  }

  private String word() {
    return ShellWord.of(shared.file().name().value());
  }

  private String name() {
    return Printable.of(shared.file().name().value());
  }

  /// Until when the link works, and what ends it before.
  void aboutEnd(ReadLink link) {
    Optional<Instant> credentials = endOfCredentials(link);
    if (credentials.isPresent() && credentials.get().isBefore(link.expires())) {
      console.warning(
          "your credentials are temporary, and the link ends with them: wanted were "
              + Moments.of(link.expires(), zone));
    } else if (link.signedBy() instanceof ReadLink.Signer.Temporary) {
      console.warning(
          "your credentials are temporary (a session token) and do not tell when they end: the"
              + " link ends with them, probably within hours. For one that lasts, sign with"
              + " lasting keys");
    }
    console.note("  Works until " + endForPeople(link) + (maybeEarlier(link) ? " at most." : "."));
    console.note("  Anybody who has the link can watch, without a password: treat it as a secret.");
    console.note(
        "  It shows what is in S3 under this name: after the next vat up the new version, after vat"
            + " cleanup nothing.");
  }

  /// When the link stops working, as far as is known.
  static Instant end(ReadLink link) {
    return endOfCredentials(link)
        .filter(end -> end.isBefore(link.expires()))
        .orElse(link.expires());
  }

  String endForPeople(ReadLink link) {
    return Moments.of(end(link), zone);
  }

  static boolean maybeEarlier(ReadLink link) {
    return link.signedBy() instanceof ReadLink.Signer.Temporary;
  }

  static Optional<Instant> endOfCredentials(ReadLink link) {
    return switch (link.signedBy()) {
      case ReadLink.Signer.Until until -> Optional.of(until.end());
      case ReadLink.Signer.Lasting _, ReadLink.Signer.Temporary _ -> Optional.empty();
    };
  }
}
