package dev.vat.lifecycle;

import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ProjectId;
import java.util.Optional;

/// A project's archive object in S3, looked at.
///
/// @param project by its key
/// @param facts as S3 told them
/// @param hasToc whether its table of contents lies beside it
public record CloudArchive(ProjectId project, ObjectFacts facts, boolean hasToc) {
  public String key() {
    return facts.summary().key();
  }

  public ObjectSummary object() {
    return facts.summary();
  }

  /// The repository it was made for; empty where the object does not tell.
  public Optional<String> repository() {
    return Optional.ofNullable(facts.metadata().get("repo"));
  }
}
