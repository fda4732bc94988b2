package dev.vat.settings;

/// How secrets are shown (design, section 7.11).
public final class Secrets {
  private static final int SHOWN = 4;
  private static final int LONG_ENOUGH = 16;
  private static final String HIDDEN = "****";

  private Secrets() {}

  /// The last four characters of a long secret, so that people can tell two keys apart; nothing of
  /// a short one. The length is not shown either.
  public static String masked(String secret) {
    return secret.length() < LONG_ENOUGH
        ? HIDDEN
        : HIDDEN + secret.substring(secret.length() - SHOWN);
  }
}
