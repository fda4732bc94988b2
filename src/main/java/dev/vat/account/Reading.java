package dev.vat.account;

import dev.vat.cloud.StoreException;
import java.util.Objects;

/// What was found out about one thing, or why it was not.
public sealed interface Reading<T> {
  /// The server told.
  record Known<T>(T value) implements Reading<T> {
    public Known {
      Objects.requireNonNull(value);
    }
  }

  /// The server does not know of such a thing, these credentials may not see it, or it answers with
  /// something that nobody expects.
  ///
  /// @param why for users
  record Hidden<T>(String why) implements Reading<T> {}

  /// A question to the server.
  interface Question<T> {
    T ask() throws StoreException;
  }

  /// Asks. Only what concerns this one question becomes [Hidden]; whatever would go wrong with the
  /// next one too is thrown.
  static <T> Reading<T> of(Question<T> question) throws StoreException {
    try {
      return new Known<>(question.ask());
    } catch (StoreException.Unsupported | StoreException.AccessDenied | StoreException.Failed not) {
      return new Hidden<>(not.getMessage());
    }
  }
}
