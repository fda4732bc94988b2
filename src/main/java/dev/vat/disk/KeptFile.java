package dev.vat.disk;

import dev.vat.project.FileStamp;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.time.Instant;

/// A file that lost a decision and was put aside.
///
/// @param id what users call it by: its path below `.vat-kept`, with `/`, for example
///     `2026-11-22_153000Z/b63-flivideo/s3-staging/draft.mp4`
/// @param project where it belongs
/// @param name inside the project, for example `s3-staging/draft.mp4`
/// @param stamp path, size, and the time of its last change
/// @param keptAt when it was put aside, to the second
public record KeptFile(
    String id, ProjectId project, RelativeName name, FileStamp stamp, Instant keptAt) {}
