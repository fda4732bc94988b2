package dev.vat.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Folders that look like JDKs to the launchers.
final class Jdks {
  private Jdks() {}

  static void make(Path home, String version) throws IOException {
    makeJre(home, version);
    Path javac = Files.writeString(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(javac, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static void makeJre(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    release(home, version, version + "+8", "Hotspot");
  }

  static void release(Path home, String version, String runtimeVersion, String variant)
      throws IOException {
    Files.writeString(
        home.resolve("release"),
        """
        IMPLEMENTOR="Someone"
        JAVA_RUNTIME_VERSION="%s"
        JAVA_VERSION="%s"
        JVM_VARIANT="%s"
        MODULES="java.base java.xml"
        """
            .formatted(runtimeVersion, version, variant));
  }
}
