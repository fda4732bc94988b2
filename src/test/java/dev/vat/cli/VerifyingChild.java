package dev.vat.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// Runs a command until it has noted so many lines of what it read, says so, and waits for its end.
final class VerifyingChild {
  private VerifyingChild() {}

  public static void main(String[] arguments) {
    int notes = Integer.parseInt(arguments[1]);
    Path noted = Path.of(arguments[0]).resolve(".vat/verifying");
    InstantSource hand = new HandClock();
    InstantSource clock =
        () -> {
          if (lines(noted) >= notes) {
            System.out.println("kill me");
            waitForever();
          }
          return hand.instant();
        };
    PaperTerminal paper = new PaperTerminal(false, true, "");
    Surroundings person = CommandRun.in(Path.of(arguments[0])).surroundings(paper);
    Surroundings slow =
        new Surroundings(
            person.folder(),
            person.home(),
            person.userName(),
            person.system(),
            person.environment(),
            paper,
            clock,
            person.zone(),
            person.interruption());
    List<String> words = List.of(arguments).subList(2, arguments.length);
    int exit =
        Vat.run(
            CommandList.standard(), slow, new CommandRun.NoCloud(), words.toArray(String[]::new));
    System.out.println("finished: " + exit + paper.written() + paper.writtenToErr());
  }

  /// Without the line that says what the notes are about.
  private static long lines(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      long lines = 0;
      for (Path file : files.toList()) {
        lines += Files.readAllLines(file).size() - 1;
      }
      return lines;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static Instant waitForever() {
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nobody counts it down");
    } catch (InterruptedException end) {
      throw new IllegalStateException(end);
    }
  }
}
