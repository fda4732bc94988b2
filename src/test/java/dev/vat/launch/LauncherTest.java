package dev.vat.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher `vat`, run as a process on a small checkout with a JDK and a Maven of the test's
/// own, which only note what they were asked to do.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a POSIX shell script; vat.cmd is its twin")
final class LauncherTest {
  private static final String PUBLISH =
      """
      mkdir -p target
      echo "$PWD" >>built
      printf jar >target/vat-1.jar
      printf aot >target/vat-1.aot
      printf aot >target/vat-1.offline.aot
      { echo name=vat-1; echo "jdk=$JAVA_HOME"; echo version=25.0.1+8; echo 'flags=-Da=b -Xmx9m'; } >target/vat.build.new
      mv target/vat.build.new target/vat.build
      """;

  @TempDir private Path folder;
  private Path checkout;
  private Path tools;
  private Path jdk;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void make_a_checkout() throws IOException {
    folder = folder.toRealPath();
    checkout = folder.resolve("my videos/vat");
    tools = Files.createDirectories(folder.resolve("tools"));
    jdk = folder.resolve("jdk 25");
    Path here = Path.of("").toAbsolutePath();
    for (String name : List.of("vat", "scripts/find-jdk.sh", "scripts/PublishBuild.java")) {
      Path copy = checkout.resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(here.resolve(name), copy);
    }
    Path source = checkout.resolve("src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class A {}");
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    executable(checkout.resolve("vat"));
    Jdks.make(jdk, "25.0.1");
    script(
        jdk.resolve("bin/java"),
        """
        for word; do printf '[%s]' "$word"; done
        echo
        exit ${ANSWER:-0}
        """);
    maven(PUBLISH);
    age(checkout);
  }

  @Test
  void the_first_use_builds_and_the_second_only_starts() throws Exception {
    Ended first = vat("status", "my file");
    Ended second = vat("status", "my file");

    assertThat(first.err()).isEqualTo("Building vat (first use)…\n");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.out())
        .isEqualTo(
            "[-Da=b][-Xmx9m][-XX:TieredStopAtLevel=1][-XX:CompileThresholdScaling=0.25][-XX:AOTCache=%1$s/target/vat-1.aot][-cp][%1$s/target/vat-1.jar][dev.vat.Main][status][my file]\n"
                .formatted(checkout));
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void commands_that_hash_gigabytes_get_both_compilers() throws Exception {
    for (String command : List.of("up", "down", "cleanup", "watch", "s3-sync-up", "s3_sync_down")) {
      assertThat(vat(command).out()).doesNotContain("TieredStopAtLevel");
    }
  }

  @Test
  void what_never_asks_s3_starts_from_the_smaller_cache() throws Exception {
    for (String command : List.of("list", "show", "find", "drives", "--version", "help")) {
      assertThat(vat(command, "manifest").out()).contains("/target/vat-1.offline.aot]");
    }
    assertThat(vat().out()).contains("/target/vat-1.offline.aot]");
    assertThat(vat("manifest", "list").out()).contains("/target/vat-1.aot]");
  }

  @Test
  void exit_codes_are_passed_through() throws Exception {
    assertThat(run(Map.of("ANSWER", "7"), folder, checkout + "/vat").code()).isEqualTo(7);
    assertThat(run(Map.of("ANSWER", "130"), folder, checkout + "/vat").code()).isEqualTo(130);
  }

  @Test
  void it_starts_through_links_and_from_any_folder() throws Exception {
    Path links = Files.createDirectories(folder.resolve("some links"));
    Files.createSymbolicLink(links.resolve("inner"), links.relativize(checkout.resolve("vat")));
    Files.createSymbolicLink(links.resolve("vat"), Path.of("inner"));
    Files.createSymbolicLink(folder.resolve("checkout"), checkout);

    for (String way : List.of(links + "/vat", "some links/vat", folder + "/checkout/vat")) {
      Ended ended = run(Map.of(), folder, way, "x");
      assertThat(ended.code()).as(way + ended.err()).isZero();
      assertThat(ended.out()).contains("[" + checkout + "/target/vat-1.jar]");
    }
    assertThat(run(Map.of(), checkout, "sh", "vat", "x").out()).endsWith("[x]\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void changed_new_and_removed_sources_are_built() throws Exception {
    vat();
    age(checkout);
    Path added = checkout.resolve("src/main/resources/B.txt");

    Files.writeString(checkout.resolve("src/main/java/A.java"), "class A { int b; }");
    assertThat(vat().err()).isEqualTo("Building vat (its sources have changed)…\n");
    age(checkout);
    Files.createDirectories(added.getParent());
    Files.writeString(added, "b");
    assertThat(vat().err()).contains("its sources have changed");
    age(checkout);
    Files.delete(added);
    assertThat(vat().err()).contains("its sources have changed");
    age(checkout);
    assertThat(vat().err()).isEmpty();
    assertThat(builds()).isEqualTo(4);
  }

  @Test
  void another_version_of_the_jdk_is_built_for() throws Exception {
    vat();
    Jdks.release(jdk, "25.0.2", "25.0.2+9", "Hotspot");
    maven(PUBLISH.replace("25.0.1+8", "25.0.2+9"));

    assertThat(vat().err()).isEqualTo("Building vat (the JDK has changed)…\n");
    assertThat(vat().err()).isEmpty();
  }

  @Test
  void a_failed_build_shows_mavens_words_and_is_tried_again() throws Exception {
    vat();
    age(checkout);
    Files.writeString(checkout.resolve("pom.xml"), "<project></project>");
    maven("echo 'COMPILATION ERROR'; exit 1");

    Ended failed = vat();

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .contains("COMPILATION ERROR", "could not be built", "target/build.log");
    maven(PUBLISH);
    assertThat(vat().code()).isZero();
  }

  @Test
  void a_build_without_a_start_up_cache_starts_without_one() throws Exception {
    maven(PUBLISH + "rm -f target/vat-1.aot target/vat-1.offline.aot\n");
    Ended ended = vat("manifest");

    for (String out : List.of(ended.out(), vat("list").out())) {
      assertThat(out)
          .startsWith(
              "[-Da=b][-Xmx9m][-XX:TieredStopAtLevel=1][-XX:CompileThresholdScaling=0.25][-cp]");
    }
    assertThat(ended.err()).contains("starts slower", "build.log");
  }

  @Test
  void a_missing_maven_is_explained() throws Exception {
    Files.delete(tools.resolve("mvn"));
    systemTools();

    Ended ended = run(Map.of("PATH", tools.toString()), folder, checkout + "/vat");

    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains("no mvn on the PATH", "brew install maven", "apt install maven");
  }

  @Test
  void two_at_once_build_once_also_where_there_is_no_flock() throws Exception {
    maven("sleep 1\n" + PUBLISH);
    systemTools();
    for (String path : List.of(path(), tools.toString())) {
      Files.deleteIfExists(checkout.resolve("built"));
      Files.deleteIfExists(checkout.resolve("target/vat.build"));

      List<Process> started = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        started.add(start(Map.of("PATH", path), folder, checkout + "/vat", "x"));
      }
      for (Process process : started) {
        assertThat(end(process).code()).isZero();
      }
      assertThat(builds()).isEqualTo(1);
    }
  }

  @Test
  void the_lock_of_a_build_that_was_killed_is_removed() throws Exception {
    systemTools();
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectories(checkout.resolve("target/vat.lock.d"));
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

    Ended ended = run(Map.of("PATH", tools.toString()), folder, checkout + "/vat", "x");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(lock).doesNotExist();
    assertThat(builds()).isEqualTo(1);
  }

  private long builds() throws IOException {
    try (Stream<String> lines = Files.lines(checkout.resolve("built"))) {
      return lines.count();
    }
  }

  private Ended vat(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(checkout + "/vat"));
    command.addAll(List.of(args));
    return run(Map.of(), folder, command.toArray(String[]::new));
  }

  private Ended run(Map<String, String> environment, Path from, String... command)
      throws Exception {
    return end(start(environment, from, command));
  }

  private Process start(Map<String, String> environment, Path from, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
    Map<String, String> all = new TreeMap<>(Map.of("PATH", path(), "JAVA_HOME", jdk.toString()));
    all.put("HOME", folder.toString());
    all.put("LC_ALL", "C.UTF-8");
    all.putAll(environment);
    builder.environment().clear();
    builder.environment().putAll(all);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static Ended end(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    return new Ended(process.waitFor(), out, err);
  }

  private String path() {
    return tools + ":" + System.getenv("PATH");
  }

  /// Makes the tools folder do as the whole PATH: what the launcher needs of a POSIX system,
  /// without `flock`.
  private void systemTools() throws IOException {
    for (String name :
        List.of("sh", "find", "readlink", "cat", "mkdir", "rmdir", "rm", "mv", "sleep", "printf")) {
      for (String place : List.of("/bin", "/usr/bin")) {
        Path tool = Path.of(place, name);
        if (Files.exists(tool) && !Files.exists(tools.resolve(name))) {
          script(tools.resolve(name), "exec " + tool + " \"$@\"\n");
        }
      }
    }
  }

  private void maven(String commands) throws IOException {
    script(tools.resolve("mvn"), commands);
  }

  private static void script(Path file, String commands) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + commands);
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Makes all sources a day old, and the build file, where there is one, an hour: what is then
  /// changed is newer.
  private static void age(Path checkout) throws IOException {
    Instant now = Instant.parse("2026-01-02T00:00:00Z");
    try (Stream<Path> files = Files.walk(checkout)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
    }
    Path build = checkout.resolve("target/vat.build");
    if (Files.exists(build)) {
      Files.setLastModifiedTime(build, FileTime.from(now.plusSeconds(3600)));
    }
  }
}
