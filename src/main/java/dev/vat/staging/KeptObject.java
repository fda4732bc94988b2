package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.time.Instant;

/// A version of a staged file that lost a decision in S3 and was put aside there.
///
/// @param key as S3 has it
/// @param project where it belongs
/// @param time its folder's name: when it was put aside, UTC
/// @param name inside `s3-staging/`
/// @param keptAt when it was put aside, by S3's clock
public record KeptObject(
    String key,
    ProjectId project,
    String time,
    RelativeName name,
    long sizeBytes,
    ETag etag,
    Instant keptAt) {
  /// What users call it by: `s3:b63-flivideo/2026-11-22_153000Z/draft.mp4`.
  public String id() {
    return "s3:" + project + "/" + time + "/" + name;
  }
}
