package dev.vat.cli;

import dev.vat.lifecycle.CloudArchive;
import dev.vat.project.Sizes;
import java.util.Optional;

/// How people are told of an archive in S3.
final class ArchiveWords {
  private ArchiveWords() {}

  /// `b40-old (5.0 GB)`.
  static String nameAndSize(CloudArchive archive) {
    return Printable.of(archive.name()) + " (" + Sizes.of(archive.object().sizeBytes()) + ")";
  }

  /// What asks for it.
  static String thaw(CloudArchive archive) {
    String id = archive.project().value();
    return "vat thaw "
        + Printable.of(ShellWord.of(id))
        + (archive.name().equals(id)
            ? ""
            : " --archive " + Printable.of(ShellWord.of(archive.fileName())));
  }

  /// Of one that is another's, or another project's.
  static String whose(CloudArchive archive) {
    return archive
        .repository()
        .map(
            repo ->
                "of "
                    + Printable.of(repo)
                    + Optional.ofNullable(archive.facts().metadata().get("project-id"))
                        .filter(id -> !id.equals(archive.project().value()))
                        .map(id -> " (project " + Printable.of(id) + ")")
                        .orElse(""))
        .orElse("not known whose it is");
  }
}
