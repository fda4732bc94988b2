package dev.vat.lifecycle;

import dev.vat.project.ProjectId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What an object in the archive bucket says of itself, in its user metadata: whose it is, and
/// roughly what is in it (design, section 3).
///
/// It is written before the archive is made, so it says nothing of its bytes: their checksum is
/// S3's to tell, and the table of contents beside it has it too.
///
/// @param repo the repository's name in keys
/// @param project as its id was when it was stored
/// @param writer which program laid it out; empty where it does not say
/// @param files how many the project has, without its checksum histories
/// @param bytes how many bytes these have
/// @param uploadedBy who stored it; empty where it does not say
public record ArchiveFacts(
    String repo,
    ProjectId project,
    String writer,
    OptionalLong files,
    OptionalLong bytes,
    String uploadedBy) {
  private static final String REPO = "repo";
  private static final String PROJECT = "project-id";
  private static final String WRITER = "writer";
  private static final String FILES = "files";
  private static final String BYTES = "bytes";
  private static final String UPLOADED_BY = "uploaded-by";

  /// As user metadata, without S3's own prefix of the names.
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(REPO, repo);
    metadata.put(PROJECT, project.value());
    if (!writer.isEmpty()) {
      metadata.put(WRITER, writer);
    }
    files.ifPresent(count -> metadata.put(FILES, Long.toString(count)));
    bytes.ifPresent(count -> metadata.put(BYTES, Long.toString(count)));
    if (!uploadedBy.isEmpty()) {
      metadata.put(UPLOADED_BY, uploadedBy);
    }
    return metadata;
  }

  /// Reads user metadata, which may be anybody's.
  ///
  /// @return empty when it does not say whose it is
  public static Optional<ArchiveFacts> of(Map<String, String> metadata) {
    String repo = metadata.getOrDefault(REPO, "");
    Optional<ProjectId> project = project(metadata.getOrDefault(PROJECT, ""));
    if (repo.isEmpty() || project.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ArchiveFacts(
            repo,
            project.get(),
            metadata.getOrDefault(WRITER, ""),
            number(metadata.get(FILES)),
            number(metadata.get(BYTES)),
            metadata.getOrDefault(UPLOADED_BY, "")));
  }

  /// Whether it is that repository's, and of that project.
  public boolean isOf(String otherRepo, ProjectId otherProject) {
    return repo.equals(otherRepo) && project.equals(otherProject);
  }

  private static Optional<ProjectId> project(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(new ProjectId(text));
    } catch (IllegalArgumentException hostile) {
      return Optional.empty();
    }
  }

  private static OptionalLong number(String text) {
    return text != null && text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
