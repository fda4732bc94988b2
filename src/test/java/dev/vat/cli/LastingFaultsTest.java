package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A fault that stays: from some request of a run on, for every such request and every command. It
/// fails clearly and once, nothing wrong is visible on either side, and when the fault is gone the
/// same command finishes.
final class LastingFaultsTest {
  @TempDir Path folder;
  private BadLine line;

  @BeforeEach
  void serve() throws IOException {
    line = new BadLine(folder);
  }

  @AfterEach
  void stop() throws IOException {
    line.close();
  }

  /// What a person gets to read.
  ///
  /// @param exit the exit code
  /// @param why a pattern that is found exactly once, whatever else fails
  /// @param next a pattern for the remedy
  private record Remedy(int exit, String why, String next) {}

  private static final String AGAIN =
      "→ run the same command again, and it carries on|run the command again to write the notes";
  private static final String CREDENTIALS =
      "→ vat config shows which credentials are used|run the command again to write the notes";
  private static final String BUCKET =
      "→ vat config shows where the bucket's name|run the command again to write the notes";

  private static final Remedy LINE =
      new Remedy(
          5, "the connection (to the S3 server \\S+ broke|broke off again and again)", AGAIN);
  private static final Remedy SERVER =
      new Remedy(5, "keeps failing \\(.*HTTP 50[03]\\), also after several attempts", AGAIN);

  private record Row(String name, FaultProxy.Fault fault, Remedy remedy) {}

  private static final List<Row> FAULTS =
      List.of(
          new Row("500", FaultProxy.answer(500, "InternalError"), SERVER),
          new Row("503 SlowDown", FaultProxy.answer(503, "SlowDown"), SERVER),
          new Row("reset before the body", FaultProxy.resetBeforeTheBody(), LINE),
          new Row("reset in the body", FaultProxy.resetInTheBody(), LINE),
          new Row("answer lost", FaultProxy.loseTheAnswer(), LINE),
          new Row("answer truncated", FaultProxy.truncateTheAnswer(), LINE),
          new Row("stalled", FaultProxy.stall(), new Remedy(5, "did not answer in time", AGAIN)),
          new Row(
              "expired credentials",
              FaultProxy.answer(400, "ExpiredToken"),
              new Remedy(2, "the credentials have expired. Log in again", CREDENTIALS)),
          new Row(
              "wrong credentials",
              FaultProxy.answer(403, "InvalidAccessKeyId"),
              new Remedy(2, "does not accept the credentials \\(InvalidAccessKeyId", CREDENTIALS)),
          new Row(
              "bucket gone",
              FaultProxy.answer(404, "NoSuchBucket"),
              new Remedy(2, "there is no bucket films on the S3 server", BUCKET)));

  static Stream<Arguments> faults() {
    return Stream.of(Scene.values())
        .flatMap(
            scene ->
                FAULTS.stream()
                    .map(row -> Arguments.of(scene, row.name(), row.fault(), row.remedy())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faults")
  void a_fault_that_stays_is_told_once_with_its_remedy_and_the_rerun_finishes(
      Scene scene, String name, FaultProxy.Fault fault, Remedy remedy) throws IOException {
    if (name.equals("stalled")) {
      line.patience(Duration.ofMillis(300));
    }
    for (FaultProxy.Request moment : scene.moments(line)) {
      BadLine.Repository repository = line.repository();
      scene.prepare(repository);
      AtomicBoolean begun = new AtomicBoolean();
      AtomicInteger met = new AtomicInteger();
      line.proxy()
          .rule(
              request -> {
                boolean first =
                    request.kind().equals(moment.kind())
                        && request.occurrence() == moment.occurrence();
                if (first) {
                  begun.set(true);
                }
                boolean bad = begun.get() && appliesTo(request, name);
                met.addAndGet(bad ? 1 : 0);
                return bad ? fault : FaultProxy.NONE;
              });

      CommandRun run = scene.run(repository);

      String told = run.out() + run.err();
      String at = name + " from " + moment.kind() + " " + moment.occurrence() + " on\n" + told;
      if (met.get() > 0) {
        assertThat(run.exit()).as(at).isEqualTo(remedy.exit());
        assertThat(Pattern.compile(remedy.why()).matcher(told).results().count())
            .as(at)
            .isEqualTo(1);
        assertThat(told).as(at).containsPattern(remedy.next());
        assertThat(told).as(at).doesNotContain("In sync", "should not", "X-Amz-Signature");
      }
      Scene.assertNothingWrong(repository);
      line.proxy().rule(_ -> FaultProxy.NONE);
      CommandRun again = scene.run(repository);
      assertThat(again.exit()).as("after " + at + again.out() + again.err()).isZero();
      scene.assertFinished(repository);
    }
  }

  /// A body can be cut only where there is one, and an answer to HEAD names no bucket.
  private static boolean appliesTo(FaultProxy.Request request, String fault) {
    return switch (fault) {
      case "answer truncated" -> request.method().equals("GET");
      case "bucket gone" -> !request.method().equals("HEAD");
      default -> true;
    };
  }
}
