package dev.vat.cloud.s3;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// By which sum the server checks the bodies that it is sent. CRC-32 first, because it adds up to
/// one of the whole file. Some S3-compatible servers refuse its headers; they are sent the MD5 of
/// each body instead, which every S3 server checks (`Content-MD5`). No body goes without a sum.
///
/// A server words its refusal as it likes, so it is tried out: what was refused goes once more with
/// the other sum, and only when that is taken, this is remembered for as long as the store is open.
final class Sums {
  /// The two of them.
  enum Kind {
    CRC32,
    MD5
  }

  private final String server;
  private final boolean mayChange;
  private final AtomicInteger unproven = new AtomicInteger();
  private volatile Kind kind = Kind.CRC32;

  /// @param server as messages name it
  /// @param mayChange false for Amazon S3 itself, where a refusal means something else
  Sums(String server, boolean mayChange) {
    this.server = server;
    this.mayChange = mayChange;
  }

  /// One attempt with one sum.
  ///
  /// @param <X> what is no matter of the network
  interface Attempt<T, X extends IOException> {
    T run(Kind kind) throws FaultException, X;
  }

  /// Makes an attempt, and another with the other sum where the first may have been refused for its
  /// sum.
  <T, X extends IOException> T attempt(Attempt<T, X> attempt) throws FaultException, X {
    return attempt(attempt, Sums::mayMeanTheSum);
  }

  /// As [#attempt], but only a server that says not to know something gets another attempt: one
  /// that calls a request wrong may have found the sum to be wrong.
  <T, X extends IOException> T attemptWhereUnknown(Attempt<T, X> attempt) throws FaultException, X {
    return attempt(attempt, Sums::isUnknown);
  }

  private <T, X extends IOException> T attempt(Attempt<T, X> attempt, Predicate<Fault> meansTheSum)
      throws FaultException, X {
    Kind first = kind;
    try {
      return attempt.run(first);
    } catch (FaultException refused) {
      if (first == Kind.MD5 || !mayChange || !meansTheSum.test(refused.fault())) {
        throw refused;
      }
      return otherwise(attempt, refused);
    }
  }

  private <T, X extends IOException> T otherwise(Attempt<T, X> attempt, FaultException refused)
      throws FaultException, X {
    try {
      T result = attempt.run(Kind.MD5);
      kind = Kind.MD5;
      return result;
    } catch (FaultException second) {
      if (mayMeanTheSum(second.fault())) {
        throw refused;
      }
      if (second.fault() instanceof Fault.Answered answered && answered.status() < 500) {
        kind = Kind.MD5;
      }
      throw second;
    }
  }

  private static boolean isUnknown(Fault fault) {
    return fault instanceof Fault.Answered answered && answered.status() == 501;
  }

  /// Known of servers: 501 NotImplemented (R2), 400 "Unsupported header" (B2), 400 (older Ceph).
  private static boolean mayMeanTheSum(Fault fault) {
    return isUnknown(fault)
        || fault instanceof Fault.Answered answered
            && answered.status() == 400
            && answered.is(
                "",
                "BadRequest",
                "InvalidArgument",
                "InvalidHeader",
                "InvalidRequest",
                "NotImplemented",
                "UnsupportedHeader",
                "XAmzContentSHA256Mismatch");
  }

  /// A file was put together of checked parts, but nothing that the server says proves the whole.
  void noteUnproven() {
    unproven.incrementAndGet();
  }

  /// What the user should know since this was last asked.
  Optional<String> takeRemark() {
    int files = unproven.getAndSet(0);
    return files == 0
        ? Optional.empty()
        : Optional.of(
            server
                + " takes no checksum of a whole file. "
                + (files == 1 ? "One file that was" : files + " files that were")
                + " sent in parts: each part was checked by its MD5, and the size of the whole is"
                + " right, but that the parts were put together rightly is not proven. Downloading"
                + " with vat down proves it.");
  }
}
