package dev.vat.lifecycle;

import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ProjectId;
import java.text.Normalizer;
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

  /// The last part of its key: what people know it by.
  public String fileName() {
    return key().substring(key().lastIndexOf('/') + 1);
  }

  /// What tells it from the others of its project: the id for the one that counts, else the file
  /// name.
  public String name() {
    String id = project.value();
    return nfc(fileName()).equals(nfc(id) + ArchiveKeys.Kind.ARCHIVE.ending()) ? id : fileName();
  }

  public ObjectSummary object() {
    return facts.summary();
  }

  /// The repository it was made for; empty where the object does not tell.
  public Optional<String> repository() {
    return Optional.ofNullable(facts.metadata().get("repo")).filter(repo -> !repo.isEmpty());
  }

  /// Whose an archive is, by what the object says of itself.
  ///
  /// What does not say it may be read by whoever names its project (restore, thaw, verify), and is
  /// never changed, released for, or taken for a backup: that could be somebody else's.
  public enum Owner {
    OURS,
    UNSAID,
    ANOTHERS
  }

  /// @param repo the repository that this is about
  public Owner owner(String repo) {
    Optional<String> said = repository();
    if (said.isEmpty()) {
      return Owner.UNSAID;
    }
    // Of a project by another name only where it says so: older ones say no project.
    boolean ours =
        said.get().equals(repo)
            && Optional.ofNullable(facts.metadata().get("project-id"))
                .map(id -> nfc(id).equals(nfc(project.value())))
                .orElse(true);
    return ours ? Owner.OURS : Owner.ANOTHERS;
  }

  private static String nfc(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
