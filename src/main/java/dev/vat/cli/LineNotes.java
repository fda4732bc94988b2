package dev.vat.cli;

import dev.vat.cloud.LineWatch;

/// Tells whoever watches that nothing moves because the line is gone, and when it is back.
final class LineNotes implements LineWatch {
  private final Console console;

  LineNotes(Console console) {
    this.console = console;
  }

  @Override
  public void lost() {
    console.warning(
        "the connection to S3 was lost. Waiting for it, about a minute and a half; nothing is lost"
            + " by waiting, or by stopping with Ctrl-C.");
  }

  @Override
  public void back() {
    console.note("The connection to S3 is back.");
  }
}
