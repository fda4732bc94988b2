package dev.vat.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/find-jdk.sh` on a file system of the test's own.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a POSIX shell script; vat.cmd is its twin")
final class JdkSearchTest {
  @TempDir private Path system;
  private Path home;

  private record Found(int code, String jdk, String message) {}

  @BeforeEach
  void make_a_system() throws IOException {
    system = system.toRealPath();
    home = Files.createDirectories(system.resolve("Users/jan"));
    Jdks.make(system.resolve("usr/lib/jvm/java-17-openjdk"), "17.0.15");
  }

  @Test
  void java_home_wins_when_it_fits() throws Exception {
    Path mine = home.resolve("my jdk");
    Jdks.make(mine, "26");
    Jdks.make(system.resolve("usr/lib/jvm/temurin-25"), "25.0.3");

    assertThat(search(mine).jdk()).isEqualTo(mine.toString());
    assertThat(search(system.resolve("usr/lib/jvm/java-17-openjdk")).jdk())
        .isEqualTo(system + "/usr/lib/jvm/temurin-25");
  }

  @Test
  void exactly_25_is_taken_before_newer_ones_and_the_oldest_of_those_else() throws Exception {
    Jdks.make(system.resolve("usr/lib/jvm/jdk-27"), "27.0.1");
    Jdks.make(home.resolve(".jdks/openjdk-26"), "26-ea");
    assertThat(search(null).jdk()).isEqualTo(home + "/.jdks/openjdk-26");

    Jdks.make(home.resolve(".sdkman/candidates/java/25.0.3-tem"), "25.0.3");
    assertThat(search(null).jdk()).isEqualTo(home + "/.sdkman/candidates/java/25.0.3-tem");
  }

  @Test
  void the_java_on_the_path_is_followed_through_links() throws Exception {
    Path jdk = system.resolve("srv/jdks/25");
    Jdks.make(jdk, "25");
    Path bin = Files.createDirectories(system.resolve("tools"));
    Files.createSymbolicLink(bin.resolve("alternative"), Path.of("../srv/jdks/25/bin/java"));
    Files.createSymbolicLink(bin.resolve("java"), bin.resolve("alternative"));

    assertThat(search(null).jdk()).isEqualTo(jdk.toString());
  }

  @Test
  void the_places_of_macos_and_windows_are_known_with_their_spaces() throws Exception {
    Path mac = system.resolve("Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home");
    Path windows = system.resolve("c/Program Files/Eclipse Adoptium/jdk-25.0.3.9-hotspot");
    Jdks.make(windows, "25.0.3");
    assertThat(search(null).jdk()).isEqualTo(windows.toString());

    Jdks.make(mac, "25.0.3");
    assertThat(search(null).jdk()).isEqualTo(mac.toString());
  }

  @Test
  void without_one_that_fits_it_says_how_to_get_it_and_fails_with_2() throws Exception {
    Jdks.makeJre(system.resolve("usr/lib/jvm/jre-25"), "25.0.3");
    Path openj9 = system.resolve("opt/jdk-semeru");
    Jdks.make(openj9, "25.0.3");
    Jdks.release(openj9, "25.0.3", "25.0.3+9", "Openj9");

    Found found = search(null);

    assertThat(found.code()).isEqualTo(2);
    assertThat(found.jdk()).isEmpty();
    assertThat(found.message())
        .contains("JDK 25", "brew install", "winget install", "apt install", "JAVA_HOME");
  }

  private Found search(Path javaHome) throws Exception {
    Path script = Path.of("scripts/find-jdk.sh").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh", "-c", ". \"$0\" && find_jdk \"$1\"", script.toString(), system.toString());
    builder.environment().clear();
    builder.environment().putAll(Map.of("HOME", home.toString(), "LC_ALL", "C.UTF-8"));
    builder.environment().put("PATH", system + "/tools:" + reading());
    if (javaHome != null) {
      builder.environment().put("JAVA_HOME", javaHome.toString());
    }
    Process process = builder.start();
    String jdk = new String(process.getInputStream().readAllBytes()).strip();
    String message = new String(process.getErrorStream().readAllBytes());
    return new Found(process.waitFor(), jdk, message);
  }

  /// A folder for the PATH with the programs that the script calls, and no java of the system's.
  private Path reading() throws IOException {
    Path folder = Files.createDirectories(system.resolve("reading"));
    for (String name : new String[] {"readlink", "cat"}) {
      for (Path tool : new Path[] {Path.of("/bin", name), Path.of("/usr/bin", name)}) {
        if (Files.exists(tool) && !Files.exists(folder.resolve(name))) {
          Path script = folder.resolve(name);
          Files.writeString(script, "#!/bin/sh\nexec " + tool + " \"$@\"\n");
          Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    }
    return folder;
  }
}
