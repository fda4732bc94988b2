package dev.vat.cli;

import dev.vat.progress.Progress;

/// Progress that shares its place on the screen with other lines.
interface LiveProgress extends Progress {
  /// Prints something without mixing it with what is drawn: bars are taken away before and come
  /// back below it.
  void above(Runnable printing);

  /// From now on also redraws by itself, until the end, where that makes sense.
  void keepTicking();

  /// Takes away what is drawn; nothing is drawn after it.
  void end();
}
