package dev.vat.cloud.s3;

import dev.vat.cloud.LineWatch;
import dev.vat.cloud.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/// The one retry loop, for control calls as well as for bodies. The SDK's own retries are off: they
/// hide that an earlier attempt ended without an answer, and then a conditional write that
/// succeeded looks like one that was refused.
///
/// Six attempts over at most 30 s, pauses growing threefold with jitter. Where nobody listens:
/// three, when this server was never heard, because then waiting rarely helps and a person is
/// watching; nine over at most 90 s, when it was, because then the line was lost in the middle of
/// something.
final class Retries {
  private static final int ATTEMPTS = 6;
  private static final int ATTEMPTS_WHEN_NOBODY_LISTENS = 3;
  private static final int ATTEMPTS_WHEN_THE_LINE_IS_LOST = 9;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final Tuning tuning;
  private final S3Errors errors;
  private final LineState line = new LineState();

  Retries(Tuning tuning, S3Errors errors) {
    this.tuning = tuning;
    this.errors = errors;
  }

  /// Who is told that calls wait for the line.
  void watchedBy(LineWatch watch) {
    line.watchedBy(watch);
  }

  /// One attempt.
  ///
  /// @param <X> what is no matter of the network and goes through at once
  interface Attempt<T, X extends IOException> {
    /// @param maybeDone whether an earlier attempt of this call may have been carried out although
    ///     no success was heard
    T run(boolean maybeDone) throws FaultException, X;
  }

  /// Repeats what is worth repeating, for calls that read nothing from this computer.
  <T> T run(Doing doing, Attempt<T, StoreException> attempt) throws StoreException {
    return send(doing, attempt);
  }

  /// Repeats what is worth repeating.
  ///
  /// @throws StoreException when attempts are used up or useless
  <T, X extends IOException> T send(Doing doing, Attempt<T, X> attempt) throws X, StoreException {
    boolean maybeDone = false;
    for (int made = 1; ; made++) {
      try {
        T result = attempt.run(maybeDone);
        line.heard();
        return result;
      } catch (FaultException e) {
        if (e.fault() instanceof Fault.Answered) {
          line.heard();
        }
        if (made >= attemptsFor(e.fault())) {
          throw errors.explain(doing, e);
        }
        maybeDone |= mayHaveBeenDone(e.fault());
        if (made >= ATTEMPTS_WHEN_NOBODY_LISTENS && isLost(e.fault())) {
          line.lost();
        }
      }
      pauseAfter(doing, made);
    }
  }

  private int attemptsFor(Fault fault) {
    return switch (fault) {
      case Fault.Answered answered -> passes(answered) ? ATTEMPTS : 1;
      case Fault.Unanswered _ when isLost(fault) -> ATTEMPTS_WHEN_THE_LINE_IS_LOST;
      case Fault.Unanswered unanswered ->
          nobodyListens(unanswered.cause()) ? ATTEMPTS_WHEN_NOBODY_LISTENS : ATTEMPTS;
      case Fault.NoCredentials _, Fault.NotSendable _ -> 1;
    };
  }

  /// Whether nobody listens any more who did before. A server that takes requests and then falls
  /// silent is no lost line.
  private boolean isLost(Fault fault) {
    return line.wasHeard()
        && fault instanceof Fault.Unanswered unanswered
        && nobodyListens(unanswered.cause());
  }

  /// Source: Amazon S3 API Reference, "Error responses", and "Conditional requests" for the two
  /// conflicts. The digest errors mean damage on the way: the bytes were compared with their sum as
  /// they left.
  private static boolean passes(Fault.Answered answered) {
    return switch (answered.status()) {
      case 408, 429, 500, 502, 503, 504 -> true;
      default ->
          answered.is(
              "RequestTimeout",
              "SlowDown",
              "Throttling",
              "ThrottlingException",
              "BadDigest",
              "XAmzContentChecksumMismatch",
              "ConditionalRequestConflict",
              "OperationAborted");
    };
  }

  private static boolean mayHaveBeenDone(Fault fault) {
    return switch (fault) {
      case Fault.Answered answered -> answered.status() >= 500;
      case Fault.Unanswered unanswered -> !(unanswered.cause() instanceof ConnectException);
      case Fault.NoCredentials _, Fault.NotSendable _ -> false;
    };
  }

  private static boolean nobodyListens(IOException cause) {
    return switch (cause) {
      case ConnectException _, UnknownHostException _, NoRouteToHostException _ -> true;
      // A broken line during the handshake also comes as an SSLException, with an end of file.
      case SSLException ssl -> !(ssl.getCause() instanceof EOFException);
      default -> false;
    };
  }

  private void pauseAfter(Doing doing, int made) throws StoreException {
    double millis =
        Math.min(FIRST_PAUSE.toMillis() * Math.pow(3, made - 1), LONGEST_PAUSE.toMillis());
    double jittered = millis * tuning.random().nextDouble(0.5, 1.0);
    try {
      tuning.pauses().pause(Duration.ofMillis((long) jittered));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.stopped(doing, e);
    }
  }
}
