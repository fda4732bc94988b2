package dev.vat.mhl;

import java.util.Arrays;
import java.util.Optional;

/// How a generation came to be.
public enum MhlProcess {
  /// The files were read where they lie.
  IN_PLACE("in-place"),
  /// The files were copied here, and source and copy were proven to be the same.
  TRANSFER("transfer"),
  /// Several generations were summed up into one list. `vat` reads these and writes none.
  FLATTEN("flatten");

  private final String text;

  MhlProcess(String text) {
    this.text = text;
  }

  /// How the XML says it.
  public String text() {
    return text;
  }

  static Optional<MhlProcess> of(String text) {
    return Arrays.stream(values()).filter(process -> process.text.equals(text)).findFirst();
  }
}
