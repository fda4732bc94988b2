package dev.vat.lifecycle;

import java.nio.file.Path;

/// A folder on another drive that may hold a copy of a project: said, not proven.
///
/// @param label how users call the drive
public record ProjectCopy(String label, Path folder) {}
