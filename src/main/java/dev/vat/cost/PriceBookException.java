package dev.vat.cost;

import java.io.IOException;

/// A file of prices that cannot be used. Remedy: correct it, or move it away.
public final class PriceBookException extends IOException {
  private static final long serialVersionUID = 1;

  PriceBookException(String name, String why, Throwable cause) {
    super(name + " cannot be used: " + why, cause);
  }
}
