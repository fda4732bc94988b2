package dev.vat.project;

/// What a file means for archiving and sharing (design, section 2).
public enum FileKind {
  /// Video, or any other big file: goes to the SSD and the cloud, and is released locally.
  HEAVY,
  /// Stays local when a project is archived: transcripts, thumbnails, project files, small audio.
  LIGHT,
  /// Never copied, counted or uploaded. Junk is a closed list of names.
  JUNK
}
