package dev.vat.report;

import java.io.IOException;
import java.util.function.Consumer;

/// One of the doctor's looks. It stands alone: what goes wrong in one hides no other.
interface Examination {
  /// Under which name a fault of it is told.
  Check check();

  /// Tells what it finds, at least one finding.
  ///
  /// @throws IOException when it could not be finished; what was told stands
  void run(Consumer<Finding> to) throws IOException;
}
