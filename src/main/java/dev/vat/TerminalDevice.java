package dev.vat;

import java.util.OptionalInt;

/// What only the operating system knows about the standard streams.
interface TerminalDevice {
  int IN = 0;
  int OUT = 1;
  int ERR = 2;

  /// @param stream `IN`, `OUT` or `ERR`
  boolean isTerminal(int stream);

  /// Columns of the terminal at standard error or output; empty when there is none.
  OptionalInt width();

  /// Whether escape sequences are understood; tries to make it so.
  boolean ansi();
}
