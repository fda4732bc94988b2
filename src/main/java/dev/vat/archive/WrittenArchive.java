package dev.vat.archive;

/// What was written.
///
/// @param sizeBytes of the whole archive
/// @param tocOffset where its table of contents begins
public record WrittenArchive(Toc toc, long sizeBytes, long tocOffset) {}
