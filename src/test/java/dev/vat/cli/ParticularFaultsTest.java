package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Faults that meet one file only, or everything in a way of its own.
final class ParticularFaultsTest {
  @TempDir Path folder;
  private BadLine line;
  private BadLine.Repository repository;

  @BeforeEach
  void serve() throws IOException {
    line = new BadLine(folder);
    repository = line.repository();
  }

  @AfterEach
  void stop() throws IOException {
    line.close();
  }

  private void only(String file, String method, FaultProxy.Fault fault) {
    line.proxy()
        .rule(
            request ->
                request.isAbout(file) && request.method().matches(method)
                    ? fault
                    : FaultProxy.NONE);
  }

  private void goodAgain() {
    line.proxy().rule(_ -> FaultProxy.NONE);
  }

  // ---- one file

  @ParameterizedTest
  @EnumSource(names = {"UP", "DOWN", "CLEANUP"})
  void what_is_denied_for_one_file_keeps_no_other_one_back(Scene scene) throws IOException {
    scene.prepare(repository);
    only("two.mov", ".*", FaultProxy.answer(403, "AccessDenied"));

    CommandRun run = scene.run(repository);

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(4);
    assertThat(run.out())
        .containsPattern("two\\.mov .* the credentials may not do this \\(.*HTTP 403\\)")
        .containsPattern("Ask the bucket's owner for s3:");
    assertThat(run.err()).contains("→ ask the bucket's owner for this permission");
    switch (scene) {
      case UP -> assertThat(repository.inS3()).containsOnlyKeys("one.mov", "three.mov");
      case DOWN -> assertThat(repository.atDavids()).containsOnlyKeys("one.mov", "three.mov");
      case CLEANUP, STATUS -> assertThat(repository.inS3()).containsOnlyKeys("two.mov");
    }
    Scene.assertNothingWrong(repository);
    goodAgain();
    assertThat(scene.run(repository).exit()).isZero();
    scene.assertFinished(repository);
  }

  @Test
  void an_object_that_may_not_be_looked_at_is_still_known_to_be_there() throws IOException {
    repository.otherToolPuts("two.mov", Scene.FILES.get("two.mov"));
    repository.otherToolPuts("one.mov", Scene.FILES.get("one.mov"));
    only("two.mov", ".*", FaultProxy.answer(403, "AccessDenied"));

    CommandRun status = repository.david("status", BadLine.PROJECT);
    CommandRun down = repository.david("down", BadLine.PROJECT);

    assertThat(status.exit()).as(status.err()).isZero();
    assertThat(status.out()).contains("two.mov").doesNotContain("In sync");
    assertThat(down.exit()).as(down.out()).isEqualTo(4);
    assertThat(repository.atDavids()).containsOnlyKeys("one.mov");
    goodAgain();
    assertThat(repository.david("down", BadLine.PROJECT).exit()).isZero();
    assertThat(repository.atDavids()).containsOnlyKeys("one.mov", "two.mov");
  }

  @Test
  void a_download_with_a_flipped_bit_is_never_placed() throws IOException {
    Scene.DOWN.prepare(repository);
    only("two.mov", "GET", FaultProxy.flipABitOfTheAnswer());

    CommandRun run = repository.david("down", BadLine.PROJECT);

    assertThat(run.exit()).isEqualTo(6);
    assertThat(run.out()).contains("two.mov came down damaged", "run the command again");
    assertThat(repository.atDavids()).containsOnlyKeys("one.mov", "three.mov");
    assertThat(repository.unfinishedAtDavids()).isZero();
    goodAgain();
    assertThat(repository.david("down", BadLine.PROJECT).exit()).isZero();
    Scene.DOWN.assertFinished(repository);
  }

  @Test
  void an_upload_that_is_damaged_each_time_is_stored_never_and_explained() throws IOException {
    Scene.UP.prepare(repository);
    only("two.mov", "PUT", FaultProxy.flipABitOfTheBody());

    CommandRun run = repository.david("up", BadLine.PROJECT);

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).contains("Something on the way damages what passes: try another network");
    assertThat(line.pauses()).hasSize(5);
    assertThat(repository.inS3()).containsOnlyKeys("one.mov", "three.mov");
    goodAgain();
    assertThat(repository.david("up", BadLine.PROJECT).exit()).isZero();
    Scene.UP.assertFinished(repository);
  }

  @Test
  void a_race_for_one_file_that_never_ends_is_told_and_the_others_go() throws IOException {
    Scene.UP.prepare(repository);
    only("two.mov", "PUT", FaultProxy.answer(409, "ConditionalRequestConflict"));

    CommandRun run = repository.david("up", BadLine.PROJECT);

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).contains("somebody else is writing it in the same moment");
    assertThat(line.pauses()).hasSize(5);
    assertThat(repository.inS3()).containsOnlyKeys("one.mov", "three.mov");
  }

  @Test
  void damaged_notes_do_not_make_a_wrong_file() throws IOException {
    Scene.DOWN.prepare(repository);
    only("metadata.json", "GET", FaultProxy.flipABitOfTheAnswer());

    repository.david("down", BadLine.PROJECT);

    Scene.assertNothingWrong(repository);
    goodAgain();
    assertThat(repository.david("down", BadLine.PROJECT).exit()).isZero();
    Scene.DOWN.assertFinished(repository);
  }

  // ---- everything

  @Test
  void credentials_that_end_in_the_middle_are_told_once_and_nobody_waits() throws IOException {
    Map<String, String> many = new TreeMap<>();
    IntStream.range(0, 60).forEach(i -> many.put("take-" + i + ".mov", "take " + i));
    repository.saves("david", many);
    line.proxy()
        .rule(
            request ->
                request.number() > 12 ? FaultProxy.answer(400, "ExpiredToken") : FaultProxy.NONE);

    CommandRun run = repository.david("up", BadLine.PROJECT);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(Pattern.compile("have expired").matcher(run.out() + run.err()).results().count())
        .isEqualTo(1);
    assertThat(run.err()).contains("→ vat config shows which credentials are used");
    assertThat(run.out()).contains("not uploaded, for the same reason");
    assertThat(line.pauses()).isEmpty();
    assertThat(line.proxy().requests()).hasSizeLessThan(12 + 10);
    assertThat(repository.inS3()).isNotEmpty();
    BadLine.assertNothingWrong(repository.inS3(), many);
    goodAgain();
    assertThat(repository.david("up", BadLine.PROJECT).exit()).isZero();
    assertThat(repository.inS3()).isEqualTo(many);
    assertThat(repository.notes()).contains(many.keySet());
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_clock_is_called_one(Scene scene) throws IOException {
    scene.prepare(repository);
    for (Duration ahead : List.of(Duration.ofHours(2), Duration.ofHours(-2))) {
      line.serverIsAheadBy(ahead);

      CommandRun run = scene.run(repository);

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(1);
      assertThat(run.out() + run.err())
          .containsOnlyOnce("this computer's clock is too far from that of")
          .contains("→ set this computer's clock (let it set itself by the internet)");
    }
    line.serverIsAheadBy(Duration.ZERO);
    assertThat(scene.run(repository).exit()).isZero();
    scene.assertFinished(repository);
  }

  @Test
  void a_clock_that_jumps_in_the_middle_of_a_run_is_told_once() throws IOException {
    Scene.UP.prepare(repository);
    line.proxy()
        .rule(
            request -> {
              if (request.method().equals("PUT")) {
                line.serverIsAheadBy(Duration.ofHours(2));
              }
              return FaultProxy.NONE;
            });

    CommandRun run = repository.david("up", BadLine.PROJECT);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out() + run.err())
        .containsOnlyOnce("this computer's clock is too far from that of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "down", "status", "cleanup"})
  void an_unknown_name_of_the_server_is_told(String command) throws IOException {
    repository.saves("david", Scene.FILES);

    CommandRun run =
        repository.davidAt(URI.create("http://s3.example.invalid"), command, BadLine.PROJECT);

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err())
        .contains("the name of the S3 server http://s3.example.invalid is not known")
        .contains("Check the internet connection, and whether that is the right address.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "down", "status", "cleanup"})
  void a_server_that_does_not_listen_is_told(String command) throws IOException {
    repository.saves("david", Scene.FILES);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    CommandRun run =
        repository.davidAt(URI.create("http://127.0.0.1:" + port), command, BadLine.PROJECT);

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).contains("does not take connections");
    assertThat(line.pauses()).hasSize(2);
  }

  // ---- in parts

  @ParameterizedTest
  @ValueSource(strings = {"POST file new", "PUT file part", "POST file upload"})
  void of_an_upload_in_parts_any_answer_may_be_lost(String kind) throws IOException {
    String big = "0123456789abcdef".repeat((17 << 20) / 16);
    repository.saves("david", Map.of("long.mov", big));
    for (FaultProxy.Fault fault :
        List.of(FaultProxy.loseTheAnswer(), FaultProxy.resetInTheBody(), FaultProxy.NONE)) {
      line.proxy()
          .rule(
              request ->
                  request.kind().equals(kind) && request.occurrence() == 1
                      ? fault
                      : FaultProxy.NONE);
      Files.writeString(repository.staging("david").resolve("long.mov"), big += "again");

      CommandRun run = repository.david("up", BadLine.PROJECT);

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("long.mov").doesNotContain("conflict");
      assertThat(repository.inS3().get("long.mov").equals(big)).isTrue();
    }
  }
}
