package dev.vat.lifecycle;

import java.nio.file.Path;
import java.util.Optional;

/// Where another copy of a file is said to be. That it is said justifies nothing: [Release] proves
/// it.
///
/// @param file the copy
/// @param label how users call the place, for example the drive's name
/// @param proof of a reading in this run, which spares reading it once more
public record OtherCopy(Path file, String label, Optional<DeviceProof> proof) {}
