package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One request of a run goes wrong, and the next attempt goes well: nobody but the log of pauses
/// may notice. Every fault meets every request of every command in turn.
final class PassingFaultsTest {
  private static final Set<String> CHANGING = Set.of("PUT", "POST", "DELETE");

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

  static Stream<Arguments> faults() {
    Map<String, FaultProxy.Fault> faults =
        Map.ofEntries(
            Map.entry("500", FaultProxy.answer(500, "InternalError")),
            Map.entry("503 SlowDown", FaultProxy.answer(503, "SlowDown")),
            Map.entry("409", FaultProxy.answer(409, "ConditionalRequestConflict")),
            Map.entry("reset before the body", FaultProxy.resetBeforeTheBody()),
            Map.entry("reset in the body", FaultProxy.resetInTheBody()),
            Map.entry("answer lost", FaultProxy.loseTheAnswer()),
            Map.entry("reset in the answer", FaultProxy.resetInTheAnswer()),
            Map.entry("answer truncated", FaultProxy.truncateTheAnswer()),
            Map.entry("bit of the body flipped", FaultProxy.flipABitOfTheBody()),
            Map.entry("stalled", FaultProxy.stall()));
    return Stream.of(Scene.values())
        .flatMap(
            scene ->
                faults.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(fault -> Arguments.of(scene, fault.getKey(), fault.getValue())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faults")
  void a_fault_that_passes_is_nobodys_trouble(Scene scene, String name, FaultProxy.Fault fault)
      throws IOException {
    if (name.equals("stalled")) {
      line.patience(Duration.ofMillis(300));
    }
    for (FaultProxy.Request moment : scene.moments(line)) {
      BadLine.Repository repository = line.repository();
      scene.prepare(repository);
      line.pauses();
      line.proxy()
          .rule(
              request ->
                  request.kind().equals(moment.kind())
                          && request.occurrence() == moment.occurrence()
                          && appliesTo(request, name)
                      ? fault
                      : FaultProxy.NONE);

      CommandRun run = scene.run(repository);

      String met = name + " at " + moment.kind() + " " + moment.occurrence();
      assertThat(run.exit()).as(met + "\n" + run.out() + run.err()).isZero();
      assertThat(run.err()).isEmpty();
      if (appliesTo(moment, name) && isNoticed(moment, name)) {
        assertThat(line.pauses()).as("waited after " + met).isNotEmpty();
      }
      scene.assertFinished(repository);
      Scene.assertNothingWrong(repository);
    }
  }

  /// Where half of an answer is enough (its head says that the write was done), nothing is
  /// repeated; and what may be asked twice without harm, the JDK itself asks again at once when a
  /// connection breaks.
  private static boolean isNoticed(FaultProxy.Request request, String fault) {
    return switch (fault) {
      case "reset in the answer", "answer truncated" -> false;
      case "reset before the body", "reset in the body", "answer lost" ->
          request.method().equals("PUT") || request.method().equals("POST");
      default -> true;
    };
  }

  /// Only what can meet a request: 409 is about writes, and damage needs a body that S3 has a sum
  /// of.
  private static boolean appliesTo(FaultProxy.Request request, String fault) {
    return switch (fault) {
      case "409" -> CHANGING.contains(request.method());
      case "bit of the body flipped" -> request.method().equals("PUT");
      default -> true;
    };
  }
}
