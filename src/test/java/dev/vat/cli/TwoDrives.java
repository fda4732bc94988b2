package dev.vat.cli;

import dev.vat.lifecycle.PretendVolumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A repository without projects, and two folders that are taken for drives: T7, which `SSD_BASE`
/// names and whose base is still to be made, and T8, whose base is there.
///
/// @param computer what is plugged in
record TwoDrives(Path repository, Path t7, Path t8, PretendVolumes computer) {
  static TwoDrives in(Path temp) throws IOException {
    Path own = temp.toRealPath();
    Path repository = Files.createDirectories(own.resolve("v-appydave"));
    Path t7 = own.resolve("mounts/T7");
    Path t8 = own.resolve("mounts/T8");
    PretendVolumes computer = new PretendVolumes(own).plug(t7, "AAAA-0007").plug(t8, "AAAA-0008");
    Files.createDirectories(t8.resolve("youtube"));
    Files.writeString(
        repository.resolve(".video-tools.env"), "SSD_BASE=" + t7.resolve("youtube") + "\n");
    return new TwoDrives(repository, t7, t8, computer);
  }
}
