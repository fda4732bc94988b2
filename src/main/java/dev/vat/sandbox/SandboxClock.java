package dev.vat.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// The two times of a sandbox: the real one, by which signatures are judged, and that of what is
/// stored, which can be moved ahead and then goes on from there. How far it is ahead is kept in the
/// file `clock`. Thread-safe.
final class SandboxClock {
  /// How far ahead it can be: what S3's dates and the JDK's still write with four digits of a year.
  static final Duration MOST = Duration.ofDays(365 * 200);

  private final Path file;
  private final InstantSource real;
  private Duration ahead;

  private SandboxClock(Path file, InstantSource real, Duration ahead) {
    this.file = file;
    this.real = real;
    this.ahead = ahead;
  }

  /// @param dir the sandbox's folder
  static SandboxClock in(Path dir, InstantSource real) throws IOException {
    Path file = dir.resolve("clock");
    if (Files.notExists(file)) {
      return new SandboxClock(file, real, Duration.ZERO);
    }
    try {
      return new SandboxClock(file, real, Duration.parse(Files.readString(file).strip()));
    } catch (DateTimeException e) {
      throw new IOException(
          "The sandbox's file " + file + " holds no duration. Remove it: the clock is right then.",
          e);
    }
  }

  /// The real time.
  Instant real() {
    return real.instant();
  }

  /// The time of what is stored: whole seconds, as S3 keeps times.
  synchronized Instant now() {
    return real.instant().plus(ahead).truncatedTo(ChronoUnit.SECONDS);
  }

  /// How far it is ahead of the real time.
  synchronized Duration ahead() {
    return ahead;
  }

  /// Moves it ahead, on the disk when this returns.
  ///
  /// @throws IllegalArgumentException when that is backward, or further than it goes
  synchronized void forward(Duration by) throws IOException {
    if (by.isNegative() || by.compareTo(MOST) > 0 || ahead.plus(by).compareTo(MOST) > 0) {
      throw new IllegalArgumentException("the clock only goes forward, by 200 years at most");
    }
    Duration then = ahead.plus(by);
    Path draft = file.resolveSibling("clock.draft");
    try (FileChannel out =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(then.toString().getBytes(StandardCharsets.US_ASCII)));
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    ahead = then;
  }
}
