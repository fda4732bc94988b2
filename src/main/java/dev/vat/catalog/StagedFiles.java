package dev.vat.catalog;

/// What lies in a project's `s3-staging/` on this computer.
public record StagedFiles(long files, long bytes) {}
