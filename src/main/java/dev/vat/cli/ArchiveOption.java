package dev.vat.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// For commands that read one archive of a project, of which S3 may have several.
final class ArchiveOption {
  @Option(
      names = "--archive",
      paramLabel = "NAME",
      description = "which archive, where S3 has several: its file name, like b40-old.tar.gz")
  private String archive;

  /// The name as typed; empty when none was given.
  Optional<String> name() {
    return Optional.ofNullable(archive);
  }
}
