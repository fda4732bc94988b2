package dev.vat.settings;

/// A setting is missing or wrong. It says so in words for users and without secrets; nothing was
/// done yet.
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String hint;

  /// @param message what is missing or wrong, and where
  /// @param hint what to do next, with an example line
  SettingsException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /// @param cause what the system said
  SettingsException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /// What is missing or wrong, in which file and line.
  public String message() {
    return getMessage();
  }

  /// What to do next, with an example line and the commands that need it.
  public String hint() {
    return hint;
  }
}
