package dev.vat.cloud;

import java.io.IOException;

/// The object store could not do what was asked. The type says what a person can do about it; the
/// message says what happened, in words for users, without secrets.
public abstract sealed class StoreException extends IOException {
  private static final long serialVersionUID = 1;

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /// Whether every other request to the same bucket would, by all that is known, end in the same
  /// way, so that trying on only makes people wait.
  public final boolean endsEverything() {
    return switch (this) {
      case Unreachable _, BadCredentials _, NoSuchBucket _, ClockSkewed _ -> true;
      case AccessDenied _, Changed _, Frozen _, NoSuchUpload _, Unsupported _, Failed _ -> false;
    };
  }

  /// No answer: no network, wrong endpoint, name not found, time-out, or a server that keeps
  /// failing. Remedy: check the line and the endpoint, run again.
  public static final class Unreachable extends StoreException {
    private static final long serialVersionUID = 1;

    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// There are no credentials, or S3 does not know them, or they have expired. Remedy: set or renew
  /// them.
  public static final class BadCredentials extends StoreException {
    private static final long serialVersionUID = 1;

    public BadCredentials(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The credentials are good but may not do this. Remedy: ask the owner for the permission that
  /// the message names.
  public static final class AccessDenied extends StoreException {
    private static final long serialVersionUID = 1;

    public AccessDenied(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The bucket does not exist (or is in another region and says so). Remedy: create it or correct
  /// its name.
  public static final class NoSuchBucket extends StoreException {
    private static final long serialVersionUID = 1;

    public NoSuchBucket(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The computer's clock is too far from S3's. Remedy: set the clock.
  public static final class ClockSkewed extends StoreException {
    private static final long serialVersionUID = 1;

    public ClockSkewed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The object was replaced or removed while it was being read. Remedy: look again.
  public static final class Changed extends StoreException {
    private static final long serialVersionUID = 1;

    public Changed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The object is in a storage class from which it has to be thawed before it can be read or
  /// copied. Remedy: thaw it, or wait until it is thawed.
  public static final class Frozen extends StoreException {
    private static final long serialVersionUID = 1;

    private final transient ObjectSummary object;

    /// @param object with its class and how its thaw stands
    public Frozen(String message, ObjectSummary object, Throwable cause) {
      super(message, cause);
      this.object = object;
    }

    /// What is frozen, with its class and how its thaw stands.
    public ObjectSummary object() {
      return object;
    }
  }

  /// The upload in parts is no longer there. Remedy: begin again.
  public static final class NoSuchUpload extends StoreException {
    private static final long serialVersionUID = 1;

    public NoSuchUpload(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The server does not implement what was asked. Remedy: another server, or the option that the
  /// message names.
  public static final class Unsupported extends StoreException {
    private static final long serialVersionUID = 1;

    public Unsupported(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// S3 refused the request for a reason that has no type of its own. Remedy: the message.
  public static final class Failed extends StoreException {
    private static final long serialVersionUID = 1;

    public Failed(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
