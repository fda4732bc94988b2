package dev.vat.mhl;

import java.util.Arrays;
import java.util.Optional;

/// What a generation says of one hash of a file.
public enum HashAction {
  /// Seen for the first time: nothing to compare with.
  ORIGINAL("original"),
  /// The same as what an earlier generation recorded, or as the source of a transfer.
  VERIFIED("verified"),
  /// Other than what an earlier generation recorded. Never compared with later.
  FAILED("failed");

  private final String attribute;

  HashAction(String attribute) {
    this.attribute = attribute;
  }

  /// How the XML says it.
  public String attribute() {
    return attribute;
  }

  static Optional<HashAction> of(String attribute) {
    return Arrays.stream(values()).filter(action -> action.attribute.equals(attribute)).findFirst();
  }
}
