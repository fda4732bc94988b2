package dev.vat.disk;

import dev.vat.mhl.FileDigests;
import dev.vat.project.FileStamp;
import dev.vat.project.RelativeName;
import java.nio.file.Path;

/// A file whose copy lies complete under its name and was read back with the source's content.
///
/// @param source the stamp under which the source was read in this run
/// @param target the copy, spelled as on its disk
/// @param digests of the source, and the same of the copy
/// @param readBack whether the copy was read from the device itself
/// @param identity of the copy when it had been read back: while it is the same, so is the content
/// @param written false when the copy was there already and only had to be proven
public record CopiedFile(
    RelativeName name,
    FileStamp source,
    Path target,
    FileDigests digests,
    ReadFrom readBack,
    FileIdentity identity,
    boolean written) {}
